import type { Channel } from './contract'
import type { EventName } from './events'

/**
 * The closed list that preload lets through. It stands apart from the contract so that preload carries no schema; `satisfies` keeps it complete.
 */
const channelSet = {
  'app:info': 1,
  'app:copy': 1,
  'app:showLog': 1,
  'app:openLink': 1,
  'settings:get': 1,
  'settings:patch': 1,
  'workspace:get': 1,
  'workspace:add': 1,
  'workspace:update': 1,
  'workspace:duplicate': 1,
  'workspace:move': 1,
  'workspace:remove': 1,
  'workspace:export': 1,
  'workspace:import': 1,
  'workspace:restore': 1,
  'keychain:status': 1,
  'keychain:useMemory': 1,
  'session:list': 1,
  'session:connect': 1,
  'session:trust': 1,
  'session:signIn': 1,
  'session:verifyOtp': 1,
  'session:resendOtp': 1,
  'session:signOut': 1,
  'session:useAddress': 1,
  'session:cancel': 1,
  'status:get': 1,
  'records:list': 1,
  'records:get': 1,
  'records:check': 1,
  'records:create': 1,
  'records:update': 1,
  'records:checkDestroy': 1,
  'records:destroy': 1,
  'notification:sendTest': 1,
  'transports:status': 1,
  'jobs:list': 1,
  'jobs:cancel': 1,
  'exports:start': 1,
  'exports:list': 1,
  'exports:verify': 1,
  'exports:open': 1,
  'exports:openFile': 1,
  'exports:rows': 1,
  'exports:copyRows': 1,
  'exports:close': 1,
  'exports:showInFolder': 1,
  'exports:saveCopy': 1,
  'exports:remove': 1,
  'files:cancel': 1,
  'library:get': 1,
  'library:choose': 1,
  'practice:add': 1,
  'practice:faults': 1,
  'practice:setFaults': 1,
  'tokens:state': 1,
  'tokens:reveal': 1,
  'tokens:copy': 1,
  'tokens:regenerate': 1,
  'tokens:destroy': 1,
  'certificate:get': 1,
  'certificate:live': 1,
  'certificate:uploaded': 1,
  'certificate:choose': 1,
  'certificate:forget': 1,
  'certificate:upload': 1,
  'certificate:trust': 1,
  'licence:get': 1,
  'licence:activate': 1,
  'tenants:dealers': 1,
  'tenants:assignDealer': 1,
  'tenants:removeDealer': 1,
  'tenants:lookAs': 1,
  'tenants:lookBack': 1,
  'tenants:rename': 1,
  'templates:list': 1,
  'templates:save': 1,
  'templates:rename': 1,
  'templates:remove': 1,
  'account:changeName': 1,
  'account:changePassword': 1,
  'account:settle': 1,
  'dealers:resetPassword': 1,
  'imports:choose': 1,
  'imports:map': 1,
  'imports:get': 1,
  'imports:rows': 1,
  'imports:apply': 1,
  'imports:retry': 1,
  'imports:saveResult': 1,
  'imports:close': 1,
  'trunks:list': 1,
  'trunks:pools': 1,
  'trunks:tenants': 1,
  'trunks:get': 1,
  'trunks:check': 1,
  'trunks:assign': 1,
  'trunks:update': 1,
  'trunks:checkUnassign': 1,
  'trunks:unassign': 1,
  'brand:last': 1,
  'brand:chooseImage': 1,
  'brand:send': 1,
} satisfies Record<Channel, 1>

const eventSet = {
  'session:changed': 1,
  'workspace:changed': 1,
  'job:changed': 1,
  'settings:changed': 1,
  'keychain:changed': 1,
  'library:changed': 1,
  'files:reading': 1,
  'menu:command': 1,
} satisfies Record<EventName, 1>

export const channels = Object.keys(channelSet) as readonly Channel[]
export const eventNames = Object.keys(eventSet) as readonly EventName[]

// Spoken by preload alone, which resolves the path of a dropped file; the page has no function for them.

/** A dropped export, to be read. */
export const openDroppedChannel = 'preload:openDropped'
/** Dropped certificates and keys in PEM. */
export const readPemChannel = 'preload:readPem'
/** A dropped CSV file, to be imported. */
export const importDroppedChannel = 'preload:importDropped'
/** A dropped picture of the brand. */
export const droppedImageChannel = 'preload:dropImage'

export const preloadChannels = [openDroppedChannel, readPemChannel, importDroppedChannel, droppedImageChannel] as const
