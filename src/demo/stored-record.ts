import type { ListId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'

/** A row as the practice PBX keeps it, with all fields of every version. */
export type StoredRecord = ApiRecord & { readonly id: string }

/** The lists that follow from their description alone. IP rules have a store of their own. */
export type PracticeList = Exclude<ListId, 'ip-rules'>
