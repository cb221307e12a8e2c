import { pathPart } from './path-part'
import { defineSingle, type SingleResource } from './resource'

/** What of a trunk a tenant has (GET and POST /providers/{id}/assignees/{tenant_id}; POST makes and changes it). */
export const trunkAssignment = defineSingle({
  id: 'trunk-assignment',
  label: 'Trunk assignments',
  singular: 'assignment',
  path: '/providers/{id}/assignees/{tenant_id}',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'list',
      separator: ';',
      of: 'did',
      key: 'did_numbers',
      label: 'DID pool',
      help: 'Numbers and ranges such as 12000-18000, as the trunk delivers them: without a leading +, 0 or 00. Tenants of a trunk cannot share numbers.',
      inTable: true,
      width: 200,
    },
    {
      kind: 'number',
      key: 'concurrency',
      label: 'Maximum concurrent calls',
      column: 'Max calls',
      help: 'Limit for this tenant. The trunk’s own limit also applies.',
      min: 0,
      inTable: true,
      sortable: true,
      width: 110,
    },
  ],
})

/** The assignment of one trunk to one tenant, at its own path. */
export const assignmentOf = (trunkId: string, tenantId: string): SingleResource & { readonly at: string } => ({
  ...trunkAssignment,
  at: `/providers/${pathPart(trunkId)}/assignees/${pathPart(tenantId)}`,
})
