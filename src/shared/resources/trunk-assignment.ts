import { pathPart } from './path-part'
import { defineSingle, type SingleResource } from './resource'

/** What of a trunk a tenant has (GET and POST /providers/{id}/assignees/{tenant_id}; POST makes and changes it). */
export const trunkAssignment = defineSingle({
  id: 'trunk-assignment',
  label: 'Trunk assignments',
  one: 'assignment',
  path: '/providers/{id}/assignees/{tenant_id}',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'list',
      separator: ';',
      of: 'did',
      key: 'did_numbers',
      label: 'DID numbers',
      help: 'Numbers and ranges like 12000-18000, as the trunk delivers them: without +, 0 or 00 in front. No two tenants of a trunk share a number.',
      inTable: true,
      width: 200,
    },
    {
      kind: 'number',
      key: 'concurrency',
      label: 'Calls at once',
      help: 'The most calls that the tenant may have on this trunk at a time. The trunk’s own limit stays above it.',
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
