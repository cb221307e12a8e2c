import { matchTiers, type SearchHit } from '@shared/fleet/search'

/** Whether a row that was found is a tenant with this domain as a value, and does not only contain the text. */
export const hasDomain = ({ resource, tier }: SearchHit): boolean => resource === 'tenants' && tier === matchTiers.exact
