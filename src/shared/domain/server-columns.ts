import type { FieldSpec } from '../resources/field'
import { protectionLabels } from './protection-labels'
import { protectionLevels, serverColours } from './server'

/** The columns of a file with servers. */
export const serverColumns: readonly FieldSpec[] = [
  {
    ...{ kind: 'text', key: 'name', label: 'Name', inTable: true, width: 170, maxLength: 120 },
    aliases: ['server', 'server_name', 'title', 'pbx', 'display_name'],
    help: 'Without a name, the host of the address is used.',
  },
  {
    ...{ kind: 'text', key: 'address', label: 'Address', inTable: true, width: 220, maxLength: 300 },
    ...{ required: true, rule: 'server-address' },
    aliases: ['url', 'host', 'hostname', 'fqdn', 'ip', 'ip_address', 'server_address', 'web_address'],
  },
  {
    ...{ kind: 'text', key: 'secondAddress', label: 'Second address', inTable: true, width: 200, maxLength: 300 },
    rule: 'server-address',
    aliases: ['address_2', 'second_url', 'fallback', 'backup_address'],
  },
  {
    ...{ kind: 'text', key: 'folder', label: 'Folder', inTable: true, width: 130, maxLength: 120 },
    aliases: ['group', 'customer', 'site', 'location'],
  },
  { kind: 'text', key: 'tags', label: 'Tags', aliases: ['tag', 'labels'], inTable: true, width: 130 },
  {
    ...{ kind: 'text', key: 'username', label: 'Username', inTable: true, width: 110, maxLength: 64 },
    aliases: ['user', 'login', 'account', 'login_name'],
  },
  {
    ...{ kind: 'secret', key: 'password', label: 'Password', inTable: true, width: 110, maxLength: 1024 },
    aliases: ['pass', 'login_password'],
  },
  {
    ...{ kind: 'text', key: 'domain', label: 'SIP domain', inTable: true, width: 140, maxLength: 280, rule: 'domain' },
    aliases: ['tenant_domain'],
    help: 'Only for the account of a tenant.',
  },
  {
    ...{ kind: 'choice', key: 'protection', label: 'Protection level', inTable: true, width: 130 },
    aliases: ['protection'],
    choices: protectionLevels.map((value) => ({ value, label: protectionLabels[value] })),
  },
  {
    ...{ kind: 'choice', key: 'colour', label: 'Color', inTable: true, width: 90 },
    aliases: ['color'],
    choices: serverColours.map((value) => ({ value, label: value })),
  },
  {
    ...{ kind: 'text', key: 'notes', label: 'Notes', inTable: true, width: 200, maxLength: 4000, multiline: true },
    aliases: ['note', 'comment', 'comments', 'description'],
  },
]
