import { brand } from '@shared/resources/brand'
import type { FieldSpec } from '@shared/resources/field'
import { listOf, resourceOf, singleOf } from '@shared/resources/registry'
import type { Role } from '@shared/resources/resource'

/** A field by which the palette finds its page. */
export type PageField = Pick<FieldSpec, 'key' | 'label' | 'since' | 'until'> & {
  /** The roles whose page has it, if not all that have the page. */
  readonly roles?: readonly Role[]
}

const ownDealer = singleOf('dealer')

/** The fields on each page of a server, by the name of its route. Pages without a described form name theirs here. */
const fieldsByPage: Readonly<Record<string, readonly PageField[]>> = {
  tenants: listOf('tenants').fields,
  dealers: listOf('dealers').fields,
  'ip-rules': listOf('ip-rules').fields,
  transports: listOf('transports').fields,
  'trunk-assignments': resourceOf('trunk-assignment').fields,
  'system-settings': singleOf('system-settings').fields,
  notification: singleOf('notification').fields,
  network: singleOf('network').fields,
  'sbc-im': [...singleOf('sbc').fields, ...singleOf('im').fields],
  brand: brand.fields,
  certificate: [
    { key: 'crt', label: 'Certificate chain' },
    { key: 'key', label: 'Private key' },
  ],
  license: [{ key: 'license_key', label: 'License key' }],
  tenant: singleOf('tenant').fields,
  'tenant-notification': singleOf('tenant-notification').fields,
  'tenant-password-policy': singleOf('tenant-password-policy').fields,
  account: [
    { key: 'name', label: 'Username' },
    { key: 'old_password', label: 'Current password' },
    { key: 'new_password', label: 'New password' },
    ...ownDealer.fields.map((field) => ({ ...field, roles: ownDealer.roles })),
  ],
}

/** The fields on a page for a role. */
export const fieldsOfPage = (name: string, role?: string): readonly PageField[] =>
  (fieldsByPage[name] ?? []).filter(({ roles }) => roles === undefined || roles.some((each) => each === role))
