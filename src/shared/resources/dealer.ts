import { accountNameText } from '../domain/account-name'
import { passwordPolicyText } from '../domain/password-policy'
import type { FieldSpec } from './field'
import { defineList, defineSingle } from './resource'

const contact = 'Contact'
const limits = 'Limits'

/** Fields that a dealer may also change in its own record. */
const contactFields = [
  {
    kind: 'text',
    rule: 'email',
    ignoresCase: true,
    key: 'email',
    label: 'Email address',
    group: contact,
    help: 'Receives the codes for sign-in and password reset.',
    maxLength: 128,
    revised: { since: '22.6', required: true },
    inTable: true,
    sortable: true,
    width: 188,
  },
  {
    kind: 'text',
    key: 'display_name',
    label: 'Display name',
    group: contact,
    maxLength: 1024,
    revised: { since: '22.6', required: true },
    inTable: 'optional',
    sortable: true,
    width: 190,
  },
  { kind: 'text', key: 'website', label: 'Website', group: contact },
  { kind: 'text', key: 'phone', label: 'Mobile phone', group: contact, maxLength: 32 },
  { kind: 'text', key: 'address', label: 'Address', group: contact, maxLength: 128 },
  { kind: 'text', key: 'description', label: 'Description', group: contact, multiline: true },
] as const satisfies readonly FieldSpec[]

const levelField = {
  kind: 'choice',
  key: 'level',
  label: 'Level',
  choices: [
    { value: 'DISTRIBUTOR', label: 'Distributor' },
    { value: 'SUB_DISTRIBUTOR', label: 'Sub-distributor' },
    { value: 'RESELLER', label: 'Reseller' },
  ],
} as const satisfies FieldSpec

const maxTenants = {
  kind: 'number',
  key: 'max_tenants',
  label: 'Tenant limit',
  group: limits,
  help: 'Tenants that the dealer can create.',
  min: 0,
  default: 100,
} as const satisfies FieldSpec

const maxExtensions = {
  kind: 'number',
  key: 'max_extensions',
  label: 'Extension limit',
  group: limits,
  help: 'Applies to all tenants of the dealer together.',
  min: 0,
  default: 50_000,
} as const satisfies FieldSpec

/** Dealers below the account that is signed in (GET /dealers, which documents no paging, and below). */
export const dealers = defineList({
  id: 'dealers',
  label: 'Dealers',
  singular: 'dealer',
  path: '/dealers',
  roles: ['SystemAdmin', 'Dealer'],
  nameKey: 'name',
  identity: ['name'],
  paged: false,
  fields: [
    {
      kind: 'text',
      rule: 'account-name',
      key: 'name',
      label: 'Username',
      group: 'Account',
      help: `The dealer signs in with it; it cannot be changed later. ${accountNameText}`,
      required: true,
      createOnly: true,
      minLength: 1,
      maxLength: 64,
      inTable: true,
      sortable: true,
      width: 160,
    },
    {
      ...levelField,
      group: 'Account',
      help: 'Cannot be changed later. Each level can create only the levels below it.',
      required: true,
      createOnly: true,
      inTable: true,
      sortable: true,
      width: 130,
    },
    {
      kind: 'secret',
      rule: 'admin-password',
      about: ['name', 'email'],
      key: 'password',
      label: 'Password',
      group: 'Account',
      help: passwordPolicyText,
      revised: {
        since: '22.6',
        rule: 'reported-policy',
        help: 'The password policy of the PBX applies. The review names what violates it.',
      },
      required: true,
      createOnly: true,
      writeOnly: true,
    },
    {
      kind: 'switch',
      key: 'enabled',
      label: 'Enabled',
      group: 'Account',
      default: true,
      inTable: true,
      sortable: true,
      width: 100,
    },
    { ...maxTenants, required: true, inTable: true, sortable: true, width: 140 },
    { ...maxExtensions, required: true, inTable: true, sortable: true, width: 145 },
    {
      kind: 'switch',
      key: 'tenant_full_access',
      label: 'Full access to tenants',
      group: limits,
      help: 'Lets the dealer change everything inside its tenants. Only a distributor can change this setting.',
      default: true,
    },
    ...contactFields,
    { kind: 'id', key: 'id', label: 'ID', readOnly: true, inTable: 'optional', width: 220 },
  ],
})

/** The record of the dealer who is signed in (GET and POST /dealer): name, level, limits and whether it is enabled are set by others. */
export const ownDealer = defineSingle({
  id: 'dealer',
  label: 'Account',
  singular: 'own record',
  path: '/dealer',
  roles: ['Dealer'],
  fields: [
    { kind: 'text', key: 'name', label: 'Username', readOnly: true, minLength: 1, maxLength: 64 },
    { ...levelField, readOnly: true },
    { kind: 'switch', key: 'enabled', label: 'Enabled', readOnly: true, default: true },
    { ...maxTenants, readOnly: true },
    { ...maxExtensions, readOnly: true },
    ...contactFields,
    { kind: 'id', key: 'id', label: 'ID', readOnly: true },
  ],
})
