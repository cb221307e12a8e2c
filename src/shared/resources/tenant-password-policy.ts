import { defineSingle } from './resource'

const length = { kind: 'number', group: 'Length', min: 6, max: 32, neverBlank: true } as const
const [minimum, maximum] = [
  { key: 'min_length', label: 'Minimum length' },
  { key: 'max_length', label: 'Maximum length' },
] as const

const ruleOf = <const K extends string>(key: K, label: string, help?: string) =>
  ({ kind: 'switch', key, label, group: 'Rules', default: true, ...(help && { help }) }) as const

/** The rules for new passwords of the tenant's users (GET and POST /tenant/password_policy). */
export const tenantPasswordPolicy = defineSingle({
  id: 'tenant-password-policy',
  label: 'Password policy',
  singular: 'password policy',
  path: '/tenant/password_policy',
  roles: ['Admin'],
  fields: [
    { ...length, ...minimum, default: 6, notAbove: maximum },
    { ...length, ...maximum, default: 32, notBelow: minimum },
    ruleOf('contains_letters', 'Require a letter'),
    ruleOf('contains_numbers', 'Require a digit'),
    ruleOf('contains_special_letters', 'Require an uppercase letter or a special character'),
    ruleOf('disable_sequential_characters', 'Refuse sequences', 'Such as 1234 or abcd.'),
    ruleOf('disable_repeating_characters', 'Refuse repeated characters', 'Such as 222.'),
    ruleOf('disable_account_information', 'Refuse account details', 'Such as the username.'),
  ],
})
