import { defineSingle } from './resource'
import { customFields, digestFields, sipFields, stirShakenFields, webFields } from './system-settings/security'
import {
  autoAnswerFields,
  congestionFields,
  extensionFields,
  headerFields,
  identityFields,
  sessionFields,
} from './system-settings/sip'

/** How the whole PBX speaks SIP and defends itself (GET and POST /admin/settings). */
export const systemSettings = defineSingle({
  id: 'system-settings',
  label: 'System settings',
  singular: 'system settings',
  path: '/admin/settings',
  roles: ['SystemAdmin'],
  fields: [
    ...identityFields,
    ...digestFields,
    ...sessionFields,
    ...congestionFields,
    ...extensionFields,
    ...autoAnswerFields,
    ...headerFields,
    ...webFields,
    ...sipFields,
    ...stirShakenFields,
    ...customFields,
  ],
})
