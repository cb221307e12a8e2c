import { defineList } from './resource'
import { callFields } from './tenant/calls'
import { contactFields, otherFields } from './tenant/contacts'
import { eventFields } from './tenant/events'
import { featureFields, securityFields } from './tenant/features'
import { identityFields, originFields } from './tenant/identity'
import { limitFields, quotaFields } from './tenant/limits'
import { recordingFields } from './tenant/recording'

/** Tenants (GET /tenants and below). Rows of the list are summaries. A dealer sees only its tenants. */
export const tenant = defineList({
  id: 'tenants',
  label: 'Tenants',
  singular: 'tenant',
  path: '/tenants',
  roles: ['SystemAdmin', 'Dealer'],
  nameKey: 'name',
  identity: ['domain'],
  unique: ['name'],
  paged: true,
  notCopied: ['name', 'domain'],
  destroyedLater: true,
  fields: [
    ...identityFields,
    ...limitFields,
    ...quotaFields,
    ...recordingFields,
    ...featureFields,
    ...securityFields,
    ...callFields,
    ...eventFields,
    ...contactFields,
    ...otherFields,
    ...originFields,
  ],
})
