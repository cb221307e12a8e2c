import type { FieldSpec } from './field'
import { defineSingle } from './resource'
import { stirShakenFields } from './system-settings/security'
import { callFields } from './tenant/calls'
import { contactFields, otherFields } from './tenant/contacts'
import { eventFields } from './tenant/events'
import { featureFields, securityFields } from './tenant/features'
import { identityFields, originFields } from './tenant/identity'
import { limitFields, quotaFields } from './tenant/limits'
import { recordingFields } from './tenant/recording'

const without = <F extends FieldSpec, K extends string>(
  fields: readonly F[],
  ...keys: readonly K[]
): readonly Exclude<F, { readonly key: K }>[] =>
  fields.filter((field): field is Exclude<F, { readonly key: K }> => !keys.some((key) => key === field.key))

const only = <F extends FieldSpec, K extends F['key']>(
  fields: readonly F[],
  ...keys: readonly K[]
): readonly Extract<F, { readonly key: K }>[] =>
  fields.filter((field): field is Extract<F, { readonly key: K }> => keys.some((key) => key === field.key))

/** What the administrator of the PBX or a dealer sets. */
const readOnly = <F extends FieldSpec>(fields: readonly F[]) =>
  fields.map((field) => ({ ...field, readOnly: true as const }))

const group = 'General'
const perServer = 'Each tenant has its own name and domain'

/** The tenant of the administrator who is signed in (GET and POST /tenant): limits, storage and features are set by others. */
export const ownTenant = defineSingle({
  id: 'tenant',
  label: 'Tenant',
  singular: 'tenant',
  path: '/tenant',
  roles: ['Admin'],
  fields: [
    {
      kind: 'text',
      key: 'name',
      label: 'Name',
      group,
      neverBlank: true,
      minLength: 1,
      maxLength: 1024,
      perServer,
    },
    {
      kind: 'text',
      key: 'domain',
      rule: 'domain',
      ignoresCase: true,
      label: 'SIP domain',
      group,
      help: 'Phones register with it, so a change affects every phone.',
      neverBlank: true,
      minLength: 1,
      maxLength: 280,
      perServer,
    },
    { kind: 'text', key: 'website', label: 'Website', group, maxLength: 255 },
    { kind: 'pick', from: 'time-zones', key: 'timezone', label: 'Time zone', group, neverBlank: true },
    { kind: 'pick', from: 'currencies', key: 'currency', label: 'Currency', group, neverBlank: true },
    { kind: 'pick', from: 'countries', key: 'region', label: 'Country', group, neverBlank: true },
    ...only(featureFields, 'enable_night_mode'),
    ...recordingFields,
    ...only(quotaFields, 'extension_im_disk_quota'),
    {
      kind: 'switch',
      key: 'enable_two_factor_authentication',
      label: 'Two-factor authentication (2FA)',
      group: 'Security',
      help: 'The PBX sends each code by email.',
      default: false,
      danger: {
        when: true,
        text: 'Without a working mail server, no code arrives. The administrator of the PBX can send a test email.',
      },
    },
    ...only(securityFields, 'password_force_reset'),
    ...callFields,
    ...eventFields,
    ...contactFields,
    ...stirShakenFields,
    ...only(otherFields, 'custom_options'),
    ...only(identityFields, 'avatar_file_name', 'avatar_file_size', 'avatar_file_url'),
    ...readOnly(limitFields),
    ...readOnly(without(quotaFields, 'extension_im_disk_quota')),
    ...readOnly(without(featureFields, 'enable_night_mode')),
    ...only(originFields, 'id'),
  ],
})
