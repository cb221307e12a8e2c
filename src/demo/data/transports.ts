import type { StoredRecord } from '../stored-record'
import type { Ids } from './ids'

/** The transports of a fresh installation. */
export const makeTransports = (ids: Ids): readonly StoredRecord[] => [
  { id: ids.next(), protocol: 'UDP', port: 5060, verification: 'DISABLE' },
  { id: ids.next(), protocol: 'TCP', port: 5063, verification: 'DISABLE' },
  { id: ids.next(), protocol: 'TLS', port: 5061, verification: 'OPTIONAL' },
]
