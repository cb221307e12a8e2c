import { shellChannels } from '@shared/ipc/shell-channels'
import { handleOf } from './register'

/** Handles a channel of the first paint, without loading the rest of the contract. */
export const handle = handleOf(shellChannels)
