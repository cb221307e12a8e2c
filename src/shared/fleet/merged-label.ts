import { exportedOf } from '../resources/exported'
import type { MergedId } from './merged-ids'

/** The name of a merged table: `IP rules`. */
export const resourceLabel = (resource: MergedId): string => exportedOf(resource).label
