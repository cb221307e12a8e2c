import { FleetError } from '../ipc/result'

/** What a URL would resolve in place of keeping it, and what has no UTF-8. */
const isUnusable = (id: string): boolean => ['', '.', '..'].includes(id) || /\p{Surrogate}/u.test(id)

/** An id as one part of a path. Errors: FleetError `rejected` for one that a URL cannot carry, so that nothing is sent to another path. */
export function pathPart(id: string): string {
  if (!isUnusable(id)) return encodeURIComponent(id)
  throw new FleetError({
    code: 'rejected',
    message: `The ID ${JSON.stringify(id)} cannot be part of an address`,
    hint: 'Nothing was sent. The PBX lists it with this ID: look at it in its own web portal.',
  })
}
