import type { FieldSpec } from '../field'
import { port } from '../port'

const seconds = { kind: 'number', min: 0, unit: 'seconds', neverBlank: true } as const

export const identityFields: readonly FieldSpec[] = [
  {
    kind: 'text',
    key: 'user_agent',
    label: 'User agent',
    group: 'Identity and user agents',
    help: 'The name by which the PBX presents itself in SIP messages.',
    minLength: 1,
    maxLength: 1024,
    neverBlank: true,
    default: 'PortSIP UC',
  },
  {
    kind: 'list',
    separator: ';',
    of: 'text',
    key: 'blocked_user_agents',
    label: 'Blocked user agents',
    group: 'Identity and user agents',
    help: 'Devices that present themselves by one of these names are turned away, phones in use as well.',
  },
]

export const sessionFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_session_timer',
    label: 'Session timer',
    group: 'Sessions and timers',
    help: 'Ends calls whose other side is gone without a word (RFC 4028). The client has to support it, too.',
    default: true,
  },
  {
    ...seconds,
    key: 'session_timer_duration',
    label: 'Session timer duration',
    group: 'Sessions and timers',
    help: 'How often a running call is confirmed.',
    min: 90,
    max: 3600,
    default: 3600,
    onlyWith: { key: 'enable_session_timer', is: [true] },
  },
  {
    ...seconds,
    key: 'dead_session_timeout',
    label: 'Silent session timeout',
    group: 'Sessions and timers',
    help: 'A call without a single RTP packet for this long is ended.',
    default: 600,
    danger: { below: 30, text: 'Calls that are on hold or muted may be cut off.' },
  },
  {
    ...seconds,
    key: 'register_expiration_time',
    label: 'Registration expires after',
    group: 'Sessions and timers',
    help: 'Phones register again before it has passed. Shorter times mean more traffic.',
    min: 90,
    max: 3600,
    default: 300,
  },
  {
    kind: 'switch',
    key: 'enable_outbound_support',
    label: 'Client-initiated connections',
    group: 'Sessions and timers',
    help: 'Reaches phones behind NAT over the connection that they opened (RFC 5626).',
    default: true,
    danger: { when: false, text: 'Phones behind NAT may no longer be reached.' },
  },
  {
    ...seconds,
    key: 'flow_timer',
    label: 'Flow timer',
    group: 'Sessions and timers',
    help: 'How often such a connection is kept open by a message; 0 leaves it to the client.',
    default: 0,
  },
  {
    ...seconds,
    key: 'statistics_log_interval',
    label: 'Statistics log interval',
    group: 'Sessions and timers',
    help: 'How often the PBX writes its statistics into its log.',
    default: 600,
  },
]

export const congestionFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_congestion_management',
    label: 'Congestion management',
    group: 'Congestion',
    help: 'Turns new requests away while the PBX has more than it can do, so that running calls go on.',
    default: true,
    danger: { when: false, text: 'Under high load the whole PBX becomes slow, running calls as well.' },
  },
  {
    kind: 'choice',
    key: 'congestion_management_metric',
    label: 'Measured by',
    group: 'Congestion',
    help: 'What of the queues of requests is measured. The wait is what the vendor recommends.',
    onlyWith: { key: 'enable_congestion_management', is: [true] },
    choices: [
      { value: 'WAIT_TIME', label: 'Expected wait' },
      { value: 'TIME_DEPTH', label: 'Age of the oldest' },
      { value: 'SIZE', label: 'Length' },
    ],
  },
  {
    kind: 'number',
    key: 'congestion_management_tolerance',
    label: 'Tolerance',
    group: 'Congestion',
    help: 'Above this value of the measure requests are turned away.',
    min: 0,
    neverBlank: true,
    default: 600,
    onlyWith: { key: 'enable_congestion_management', is: [true] },
    danger: { when: 0, text: 'Without any tolerance, ordinary traffic may be turned away.' },
  },
]

export const extensionFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_create_non_exist_extension',
    label: 'Create unknown extensions',
    group: 'Extensions and trunks',
    help: 'An extension that does not exist is made when somebody tries to register it.',
    default: false,
    danger: {
      when: true,
      stops: true,
      text: 'Anybody who tries a number gets an extension, with a password that is the same on every PBX and that everybody can look up. Toll fraud follows.',
    },
  },
  {
    kind: 'switch',
    key: 'enable_tenant_level_trunk',
    label: 'Trunks of tenants',
    group: 'Extensions and trunks',
    help: 'Tenants may have trunks of their own.',
    default: true,
    danger: { when: false, text: 'Calls over trunks that belong to tenants may stop.' },
  },
  {
    kind: 'switch',
    key: 'enable_external_recording',
    label: 'Record external calls',
    group: 'Extensions and trunks',
    help: 'Calls with the outside may be recorded. Whether they may, is a matter of law as well.',
    default: true,
  },
]

export const autoAnswerFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_auto_answer_alert_info_header',
    label: 'Alert-Info header',
    group: 'Auto answer',
    help: 'Tells a phone by Alert-Info to answer paging and intercom by itself.',
    default: false,
  },
  {
    kind: 'choice',
    key: 'auto_answer_alert_info_header',
    label: 'Content of Alert-Info',
    group: 'Auto answer',
    help: 'Phones of different makers listen to different words.',
    onlyWith: { key: 'enable_auto_answer_alert_info_header', is: [true] },
    choices: [
      { value: 'INTERCOM', label: 'info=intercom' },
      { value: 'ALERT_AUTO_ANSWER', label: 'info=alert-autoanswer' },
      { value: 'AUTO_ANSWER', label: 'info=Auto Answer' },
    ],
  },
  {
    kind: 'switch',
    key: 'enable_auto_answer_call_info_header',
    label: 'Call-Info header',
    group: 'Auto answer',
    help: 'Tells a phone by Call-Info (answer-after=0) to answer by itself.',
    default: true,
  },
  {
    kind: 'switch',
    key: 'enable_require_answer_mode',
    label: 'Answer-Mode header',
    group: 'Auto answer',
    help: 'Asks for automatic answering by Answer-Mode (RFC 5373). A phone that does not know it refuses the call.',
    default: false,
  },
]

export const headerFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_prack',
    label: 'PRACK',
    group: 'Headers and addresses',
    help: 'Confirms provisional answers, ringing for example (RFC 3262).',
    default: false,
  },
  {
    kind: 'switch',
    key: 'enable_to_tag_in_register',
    label: 'To tag in REGISTER',
    group: 'Headers and addresses',
    help: 'Accepts registrations that carry a To tag, as a few devices send them.',
    default: false,
  },
  {
    kind: 'switch',
    key: 'enable_diversion_support',
    label: 'Diversion',
    group: 'Headers and addresses',
    help: 'Says in a Diversion header who forwarded a call (RFC 5806).',
    default: false,
  },
  {
    kind: 'switch',
    key: 'enable_history_info_support',
    label: 'History-Info',
    group: 'Headers and addresses',
    help: 'Says in a History-Info header which way a call took (RFC 7044).',
    default: false,
  },
  {
    kind: 'switch',
    key: 'enable_shared_address_space_address_range',
    label: 'Shared address space',
    group: 'Headers and addresses',
    help: 'Takes 100.64.0.0/10, the addresses of carriers behind NAT (RFC 6598), as private ones.',
    default: true,
  },
  {
    kind: 'text',
    key: 'trace_server_host',
    label: 'Trace server',
    group: 'Trace server',
    help: 'A HOMER or other server that gets a copy of the SIP messages; empty sends none.',
  },
  {
    ...port,
    key: 'trace_server_port',
    label: 'Port of the trace server',
    group: 'Trace server',
  },
]
