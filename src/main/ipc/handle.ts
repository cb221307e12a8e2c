import { ipcContract } from '@shared/ipc/contract'
import { handleOf, register } from './register'

/** Handles a channel of the contract. */
export const handle = handleOf(ipcContract)

/** The same for a channel that only preload uses and the page cannot reach. */
export const handlePreloadOnly = register
