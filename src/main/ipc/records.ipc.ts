import type { RecordsService } from '../services/records/records-service'
import { handle } from './handle'

/** Handles `records:*` for all described resources. */
export function registerRecordsIpc(records: RecordsService): void {
  handle('records:list', (args) => records.list(args))
  handle('records:get', (args) => records.get(args))
  handle('records:check', (args) => records.check(args))
  handle('records:create', (args) => records.create(args))
  handle('records:update', (args) => records.update(args))
}
