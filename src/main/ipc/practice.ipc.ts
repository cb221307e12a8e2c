import type { PracticeService } from '../services/practice/practice-service'
import { handle } from './handle'

/** Handles `practice:*`. */
export function registerPracticeIpc({ practice }: { readonly practice: PracticeService }): void {
  handle('practice:add', ({ version }) => practice.add(version))
  handle('practice:faults', ({ serverId }) => practice.faults(serverId))
  handle('practice:setFaults', ({ serverId, faults }) => practice.setFaults(serverId, faults))
}
