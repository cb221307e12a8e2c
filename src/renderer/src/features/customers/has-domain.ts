import type { SearchHit } from '@shared/fleet/search'

/** Whether a row that was found is a tenant with this domain, and does not only contain the text. */
export function hasDomain({ resource, title, detail }: SearchHit, domain: string): boolean {
  const wanted = domain.trim().toLowerCase()
  // A value that is the title as well is not repeated in the details.
  const values = [title, ...detail.split(' · ')]
  return resource === 'tenants' && wanted !== '' && values.some((value) => value.toLowerCase() === wanted)
}
