import type { ServerRecord } from '@shared/domain/server'

/** The address at which a server is contacted now. */
export const activeUrl = (record: Pick<ServerRecord, 'activeAddress' | 'address' | 'secondAddress'>): string =>
  record.activeAddress === 'second' && record.secondAddress !== '' ? record.secondAddress : record.address
