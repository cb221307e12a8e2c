import type { Channel } from '@shared/ipc/contract'
import { listIds, resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { operationsOf } from '../../src/demo/operations'
import type { AdministrationOperation } from './administration'

interface Where {
  /** The words of the page's tab. */
  readonly page: string
  readonly channel: Channel
}

/** Operations that are no reading or writing of a described resource. */
const special: Readonly<Partial<Record<AdministrationOperation, Where>>> = {
  'GET /admin/status': { page: 'Overview', channel: 'status:get' },
  'GET /ip_filters': { page: 'IP rules', channel: 'ipRules:list' },
  'POST /ip_filters': { page: 'IP rules', channel: 'ipRules:create' },
  'GET /ip_filters/export': { page: 'IP rules', channel: 'exports:start' },
  'GET /ip_filters/{id}': { page: 'IP rules', channel: 'ipRules:get' },
  'POST /ip_filters/{id}': { page: 'IP rules', channel: 'ipRules:update' },
  'POST /ip_filters/{id}/destroy': { page: 'IP rules', channel: 'ipRules:destroy' },
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
    if (operation === `POST ${path}/{id}/destroy`) return { page, channel: 'records:destroy' }
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
