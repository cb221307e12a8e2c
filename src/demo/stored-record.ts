import type { ListId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'

/** A row as the practice PBX keeps it, with all fields of every version. */
export type StoredRecord = ApiRecord & { readonly id: string }

/** Lists that the practice PBX keeps by their descriptions. IP rules have their own operations, as the lock-out makes some. */
export type PracticeList = Exclude<ListId, 'ip-rules'>
