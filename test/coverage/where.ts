import type { Channel } from '@shared/ipc/contract'
import { listIds, resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { operationsOf } from '@demo/operations'
import type { AdministrationOperation } from './administration'

interface Where {
  /** The words of the page's tab. */
  readonly page: string
  readonly channel: Channel
}

/** Operations that are no reading or writing of a described resource. */
const special: Readonly<Partial<Record<AdministrationOperation, Where>>> = {
  'GET /admin/status': { page: 'Overview', channel: 'status:get' },
  'GET /dealer/status': { page: 'Overview', channel: 'status:get' },
  'POST /admin/notification/test_email': { page: 'Notifications', channel: 'notification:sendTest' },
  'GET /sbc/token': { page: 'SBC & IM', channel: 'tokens:reveal' },
  'POST /sbc/token': { page: 'SBC & IM', channel: 'tokens:regenerate' },
  'POST /sbc/token/destroy': { page: 'SBC & IM', channel: 'tokens:destroy' },
  'GET /im/token': { page: 'SBC & IM', channel: 'tokens:reveal' },
  'POST /im/token': { page: 'SBC & IM', channel: 'tokens:regenerate' },
  'POST /im/token/destroy': { page: 'SBC & IM', channel: 'tokens:destroy' },
  'GET /transports/{id}/status': { page: 'Transports', channel: 'transports:status' },
  'POST /tenants/switch': { page: 'Tenants', channel: 'tenants:startImpersonation' },
  'GET /tenants/{id}/dealers': { page: 'Tenants', channel: 'tenants:dealers' },
  'POST /tenants/{id}/dealers/{dealer_id}': { page: 'Tenants', channel: 'tenants:assignDealer' },
  'POST /tenants/{id}/dealers/{dealer_id}/destroy': { page: 'Tenants', channel: 'tenants:removeDealer' },
  'POST /dealers/{id}/password': { page: 'Dealers', channel: 'dealers:resetPassword' },
  'GET /providers/{id}/assignees': { page: 'Trunk assignments', channel: 'trunks:pools' },
  'GET /providers/{id}/assignees/{tenant_id}': { page: 'Trunk assignments', channel: 'trunks:get' },
  'POST /providers/{id}/assignees/{tenant_id}': { page: 'Trunk assignments', channel: 'trunks:assign' },
  'POST /providers/{id}/assignees/{tenant_id}/destroy': { page: 'Trunk assignments', channel: 'trunks:unassign' },
  'GET /key': { page: 'Certificate', channel: 'certificate:get' },
  'POST /key': { page: 'Certificate', channel: 'certificate:upload' },
  'GET /license': { page: 'License', channel: 'license:get' },
  'POST /license': { page: 'License', channel: 'license:activate' },
  'POST /brand': { page: 'Rebranding', channel: 'brand:send' },
  'POST /admin/username': { page: 'Account', channel: 'account:changeName' },
  'POST /admin/password': { page: 'Account', channel: 'account:changePassword' },
  'POST /dealer/username': { page: 'Account', channel: 'account:changeName' },
  'POST /dealer/password': { page: 'Account', channel: 'account:changePassword' },
  'GET /ip_filters/export': { page: 'IP rules', channel: 'exports:start' },
}

/** Where a technician performs an operation, and through which channel; undefined where the app does not. */
export function whereOf(operation: AdministrationOperation): Where | undefined {
  const known = special[operation]
  if (known !== undefined) return known
  for (const id of resourceIds) {
    const { path, label: page } = resourceOf(id)
    const isList = (listIds as readonly string[]).includes(id)
    if (operation === `GET ${path}`) return { page, channel: isList ? 'records:list' : 'records:get' }
    if (operation === `POST ${path}`) return { page, channel: isList ? 'records:create' : 'records:update' }
    if (operation === `GET ${path}/{id}`) return { page, channel: 'records:get' }
    if (operation === `POST ${path}/{id}`) return { page, channel: 'records:update' }
    if (operation === `POST ${path}/{id}/destroy`) return { page, channel: 'plans:apply' }
  }
  return undefined
}

const template = (path: string): string => path.replaceAll(/:(\w+)/g, '{}')

/** The roles to which the practice PBX allows it. */
export function rolesOf(operation: AdministrationOperation): readonly string[] {
  const [method, path = ''] = operation.split(' ')
  const found = operationsOf('22.2').find(
    (each) => each.method === method && template(each.path) === path.replaceAll(/\{\w+\}/g, '{}'),
  )
  if (found === undefined) return []
  return typeof found.allow === 'string' ? [found.allow] : found.allow
}
