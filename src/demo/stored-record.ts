import type { ListId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'

/** A stored row with the fields of all versions. */
export type StoredRecord = ApiRecord & { readonly id: string }

/** Lists that only need their descriptions. IP rules have their own operations, because the lockout creates some. */
export type PracticeList = Exclude<ListId, 'ip-rules'>
