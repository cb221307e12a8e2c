import { z } from 'zod'
import type {
  CertificateCandidate,
  CertificateState,
  LiveCertificate,
  UploadedCertificate,
} from '../domain/certificate'
import { brandImageUseSchema, type BrandImage, type BrandSent } from '../domain/brand'
import { exportRequestSchema, type ExportEntry, type ExportRow, type OpenedExport } from '../domain/export'
import { readingIdSchema } from '../domain/file-reading'
import { importMappingSchema, type ImportFile, type ImportPlan, type ImportRow } from '../domain/import'
import type { JobId, JobState } from '../domain/job'
import { noteSchema } from '../domain/note'
import type { PlanListRow, PlanPreview, PlanRow, PlanSummary } from '../domain/plan'
import type { JournalChoices, JournalEntry, JournalRow, JournalStatus } from '../domain/journal-view'
import { licenseKeySchema, type Activation, type LicenseView } from '../domain/license'
import { listQuerySchema, pageQuerySchema, type Page } from '../domain/page'
import { testMailSchema } from '../domain/test-mail'
import { practiceFaultsSchema, practiceVersionSchema, type PracticeFaults } from '../domain/practice'
import {
  listIdSchema,
  recordValuesSchema,
  resourceIdSchema,
  type PbxRecord,
  type RecordCheck,
  type RecordPage,
  type RecordView,
} from '../domain/record'
import { addressChoiceSchema, serverDraftSchema, serverIdSchema, type ServerRecord } from '../domain/server'
import { tokenOwnerSchema, type CopiedToken, type RevealedToken, type TokenState } from '../domain/server-token'
import { doubtSideSchema, signInArgsSchema, type AccountChange, type SessionState } from '../domain/session'
import { settingsPatchSchema, type Settings } from '../domain/settings'
import type { ServerOverview } from '../domain/system-status'
import { templateNameSchema, type TenantTemplate } from '../domain/tenant-template'
import type { TenantDealers, TenantLook } from '../domain/tenant-view'
import type { TenantName, TrunkList, TrunkPools } from '../domain/trunk'
import type { TransportState } from '../domain/transport-status'
import type { WorkspaceView } from '../domain/workspace'
import { confirmationSchema, type Guard, type WriteOutcome } from '../domain/write'
import type { AppInfo, KeychainStatus, LibraryInfo, SavedFile, WorkspaceImport } from './values'

const nothing = z.object({})
const byServer = z.object({ serverId: serverIdSchema })
const id = z.string().min(1).max(200)
/** Chosen by the window, so that it can cancel. */
const readingId = readingIdSchema
const byResource = byServer.extend({ resource: resourceIdSchema })
const byList = byServer.extend({ resource: listIdSchema })
const byToken = byServer.extend({ owner: tokenOwnerSchema })
const byImport = z.object({ importId: id })
const byAssignment = byServer.extend({ trunkId: id, tenantId: id })
const toRevert = z.object({ seq: z.int().positive(), secrets: recordValuesSchema })
/** The name of a file: nothing but an ID of ours. */
const byPlan = z.object({ planId: z.uuid() })
const bySelection = byList.extend({ ids: z.array(id).min(1).max(100_000) })
const confirmed = byServer.extend({ confirmation: confirmationSchema })

/** A channel: the schema of its one argument object, and the type of what it answers. */
interface ChannelSpec<A extends z.ZodType, V> {
  readonly args: A
  /** Only a type: nothing is stored here. */
  readonly value?: V
}

const channel =
  <V>() =>
  <A extends z.ZodType>(args: A): ChannelSpec<A, V> => ({ args })

/**
 * Every channel on which the window may ask main for something. A channel that is missing here compiles nowhere; preload makes one function for
 * each and refuses the rest; `handle` parses the arguments with the schema that stands here.
 */
export const ipcContract = {
  'app:info': channel<AppInfo>()(nothing),
  /** Copies text that the person chose; clipboard access of the page itself is denied. */
  'app:copy': channel<null>()(z.object({ text: z.string().max(20_000_000) })),
  'app:showLog': channel<null>()(nothing),
  'app:openLink': channel<null>()(z.object({ link: z.enum(['handbook', 'licenses']) })),
  'settings:get': channel<Settings>()(nothing),
  'settings:patch': channel<Settings>()(settingsPatchSchema),

  'workspace:get': channel<WorkspaceView>()(nothing),
  'workspace:add': channel<ServerRecord>()(z.object({ draft: serverDraftSchema })),
  'workspace:update': channel<ServerRecord>()(byServer.extend({ draft: serverDraftSchema })),
  'workspace:duplicate': channel<ServerRecord>()(byServer),
  /** Moves a server in front of another one, or to the end; `folder` is the one it then belongs to. */
  'workspace:move': channel<null>()(
    byServer.extend({ before: serverIdSchema.nullable(), folder: z.string().max(120) }),
  ),
  'workspace:remove': channel<null>()(z.object({ serverIds: z.array(serverIdSchema).min(1).max(1000) })),
  'workspace:export': channel<SavedFile>()(nothing),
  'workspace:import': channel<WorkspaceImport>()(nothing),
  'workspace:restore': channel<WorkspaceView>()(nothing),

  'keychain:status': channel<KeychainStatus>()(nothing),
  /** The person agrees that passwords are kept in memory for this run only. */
  'keychain:useMemory': channel<KeychainStatus>()(nothing),

  'session:list': channel<readonly SessionState[]>()(nothing),
  /** Looks at the certificate and signs in with the password in the keychain, once; never with a password that was refused before. */
  'session:connect': channel<SessionState>()(byServer),
  'session:trust': channel<SessionState>()(byServer.extend({ fingerprint256: z.string().max(100) })),
  'session:signIn': channel<SessionState>()(signInArgsSchema),
  'session:verifyOtp': channel<SessionState>()(byServer.extend({ code: z.string().trim().min(1).max(20) })),
  'session:resendOtp': channel<null>()(byServer),
  'session:signOut': channel<SessionState>()(byServer),
  'session:useAddress': channel<SessionState>()(byServer.extend({ address: addressChoiceSchema })),
  /** Gives up what is going on for this server: the connection attempt or the requests of a page that was left. */
  'session:cancel': channel<null>()(byServer),
  'status:get': channel<ServerOverview>()(byServer),

  /** The described resources (see shared/resources/registry): one page of a list. */
  'records:list': channel<RecordPage>()(byList.extend({ query: pageQuerySchema })),
  /** The resource, or one of many by its id. Secrets do not cross: `stored` names those that the server has. */
  'records:get': channel<RecordView>()(byResource.extend({ id: id.optional() })),
  /** What would come of these changes; without an id of a new one, for a list. */
  'records:check': channel<RecordCheck>()(byResource.extend({ id: id.optional(), changes: recordValuesSchema })),
  'records:create': channel<WriteOutcome<PbxRecord>>()(
    byList.extend({ confirmation: confirmationSchema, values: recordValuesSchema }),
  ),
  /** `before` is what the person saw: fields that somebody else changed meanwhile are answered as a conflict. */
  'records:update': channel<WriteOutcome<PbxRecord>>()(
    byResource.extend({
      confirmation: confirmationSchema,
      id: id.optional(),
      before: recordValuesSchema,
      changes: recordValuesSchema,
    }),
  ),

  /** A mail to try the mail server that is saved on the PBX; what stands in a form does not count. */
  /** Whether the PBX listens on a transport: asked by its protocol, and by its id where that is not known. */
  'transports:status': channel<TransportState | null>()(byServer.extend({ id, protocol: z.string().min(1).max(20) })),
  'notification:sendTest': channel<null>()(byServer.extend({ mail: testMailSchema })),

  'jobs:list': channel<readonly JobState[]>()(nothing),
  'jobs:cancel': channel<null>()(z.object({ jobId: id })),

  'exports:start': channel<{ readonly jobId: JobId }>()(exportRequestSchema),
  'exports:list': channel<readonly ExportEntry[]>()(nothing),
  'exports:verify': channel<ExportEntry>()(z.object({ id })),
  'exports:open': channel<OpenedExport>()(z.object({ id, readingId })),
  /** Asks for a file with the native dialog; null when the person cancels. */
  'exports:openFile': channel<OpenedExport | null>()(z.object({ readingId })),
  /** Ends the reading of a file; one that has ended is no error. */
  'files:cancel': channel<null>()(z.object({ readingId })),
  'exports:rows': channel<Page<ExportRow>>()(z.object({ viewId: id, query: pageQuerySchema })),
  /** The rows that a query matches, or the chosen ones, as tab-separated text on the clipboard; answers how many. */
  'exports:copyRows': channel<{ readonly rows: number }>()(
    z.object({
      viewId: id,
      query: listQuerySchema,
      ids: z.array(id).max(100_000).optional(),
      /** Rows left out where no ids are given. */
      except: z.array(id).max(100_000).optional(),
      columns: z.array(z.string()).max(200),
    }),
  ),
  'exports:close': channel<null>()(z.object({ viewId: id })),
  'exports:showInFolder': channel<null>()(z.object({ id })),
  'exports:saveCopy': channel<SavedFile>()(z.object({ id })),
  'exports:remove': channel<null>()(z.object({ ids: z.array(id).min(1).max(1000) })),
  'library:get': channel<LibraryInfo>()(nothing),
  'library:choose': channel<LibraryInfo>()(nothing),

  /** The entries that match, newest first. */
  'journal:list': channel<Page<JournalRow>>()(z.object({ query: pageQuerySchema })),
  /** What the entries have to narrow by. */
  'journal:choices': channel<JournalChoices>()(nothing),
  'journal:get': channel<JournalEntry>()(z.object({ seq: z.int().positive() })),
  /** Follows the whole chain of entries. */
  'journal:status': channel<JournalStatus>()(nothing),
  /** Goes on with a journal that lost its end. */
  'journal:continue': channel<JournalStatus>()(nothing),
  /** What reverting an entry would do; nothing is sent. */
  'journal:checkRevert': channel<RecordCheck>()(toRevert),
  /** Sends the inverse change of an entry; null for a deletion. */
  'journal:revert': channel<WriteOutcome<PbxRecord> | null>()(toRevert.extend({ confirmation: confirmationSchema })),
  /** Adds a note to an entry. */
  'journal:addNote': channel<JournalEntry>()(z.object({ seq: z.int().positive(), text: noteSchema.trim().min(1) })),
  /** Saves the entries that match as CSV. */
  'journal:save': channel<SavedFile & { readonly entries: number }>()(z.object({ query: listQuerySchema })),
  /** Saves the entries that match as a report for a customer, HTML or Markdown. */
  'journal:saveReport': channel<SavedFile & { readonly entries: number }>()(z.object({ query: listQuerySchema })),

  /** What became of a change whose outcome is unknown is found out by reading. */
  'journal:check': channel<JournalEntry>()(z.object({ seq: z.int().positive() })),

  /** Plans that were applied; `damaged` names files that are none. */
  'plans:list': channel<Page<PlanListRow> & { readonly damaged: readonly string[] }>()(
    z.object({ query: pageQuerySchema }),
  ),
  /** Those that are being applied, or paused. */
  'plans:active': channel<readonly PlanSummary[]>()(nothing),
  'plans:get': channel<PlanSummary>()(byPlan),
  'plans:steps': channel<Page<PlanRow>>()(byPlan.extend({ query: pageQuerySchema })),
  /** Freezes what was selected and compares it with the server: nothing is sent. */
  'plans:previewDelete': channel<PlanPreview>()(bySelection),
  'plans:previewChange': channel<PlanPreview>()(bySelection.extend({ changes: recordValuesSchema })),
  'plans:previewRevert': channel<PlanPreview>()(
    z.union([z.object({ entries: z.array(z.int().positive()).min(1).max(100_000) }), byPlan]),
  ),
  'plans:apply': channel<PlanSummary>()(byPlan.extend({ confirmation: confirmationSchema })),
  'plans:discard': channel<null>()(byPlan),
  'plans:pause': channel<PlanSummary>()(byPlan),
  /** Without a confirmation the one that was given in this run counts. */
  'plans:resume': channel<PlanSummary>()(byPlan.extend({ confirmation: confirmationSchema.optional() })),
  'plans:retry': channel<PlanSummary>()(byPlan.extend({ confirmation: confirmationSchema })),
  'plans:cancel': channel<PlanSummary>()(byPlan),
  /** What stands against resuming or retrying now. */
  'plans:guards': channel<readonly Guard[]>()(byPlan.extend({ which: z.enum(['resume', 'retry']) })),
  'plans:check': channel<PlanSummary>()(byPlan),
  'plans:save': channel<SavedFile>()(byPlan),

  'practice:add': channel<ServerRecord>()(z.object({ version: practiceVersionSchema })),
  'practice:faults': channel<PracticeFaults>()(byServer),
  'practice:setFaults': channel<PracticeFaults>()(byServer.extend({ faults: practiceFaultsSchema.partial() })),

  'tokens:state': channel<TokenState>()(byToken),
  /** The only channel on which a token crosses: the person asked to see it. The window shows it for so long and forgets it. */
  'tokens:reveal': channel<RevealedToken>()(byToken),
  /** Copies it in main; the clipboard is cleared after a while. */
  'tokens:copy': channel<CopiedToken>()(byToken),
  /** The server's name is typed at every protection level. */
  'tokens:regenerate': channel<TokenState>()(byToken.extend({ confirmation: confirmationSchema })),
  'tokens:destroy': channel<TokenState>()(byToken.extend({ confirmation: confirmationSchema })),

  'certificate:get': channel<CertificateState>()(byServer),
  /** A handshake alone, which needs no sign-in. */
  'certificate:live': channel<LiveCertificate>()(byServer),
  /** What was last sent to this server through this app, for the question whether a changed certificate is to be trusted. */
  'certificate:uploaded': channel<UploadedCertificate | null>()(byServer),
  /** Asks for PEM files with the native dialog; null when the person cancels. With the id of a candidate they are added to it. */
  'certificate:choose': channel<CertificateCandidate | null>()(byServer.extend({ id: id.optional() })),
  /** Main forgets the files, and with them the private key. */
  'certificate:forget': channel<null>()(byServer),
  /** `before` is the fingerprint of the certificate that the person saw on the server, empty where there was none. */
  'certificate:upload': channel<CertificateState>()(confirmed.extend({ id, before: z.string().max(100) })),
  /** Pins the certificate that was uploaded here, once the server shows it. */
  'certificate:trust': channel<SessionState>()(byServer.extend({ fingerprint256: z.string().max(100) })),

  'license:get': channel<LicenseView>()(byServer),
  'license:activate': channel<Activation>()(confirmed.extend({ key: licenseKeySchema })),
  'tenants:dealers': channel<TenantDealers>()(byServer.extend({ id })),
  /** Both return the state afterwards. */
  'tenants:assignDealer': channel<TenantDealers>()(confirmed.extend({ id, dealerId: id })),
  'tenants:removeDealer': channel<TenantDealers>()(confirmed.extend({ id, dealerId: id })),
  /** Signs in a second time, with the stored password where none is given, and is the tenant's administrator there. */
  'tenants:lookAs': channel<TenantLook>()(byServer.extend({ id, password: z.string().min(1).max(1024).optional() })),
  'tenants:lookBack': channel<null>()(byServer),
  'tenants:rename': channel<TenantLook>()(confirmed.extend({ name: z.string().min(1).max(1024) })),

  'templates:list': channel<readonly TenantTemplate[]>()(nothing),
  /** Name, domain and secrets of the values are left out. All three answer the templates that there are then. */
  'templates:save': channel<readonly TenantTemplate[]>()(
    z.object({ name: templateNameSchema, values: recordValuesSchema }),
  ),
  'templates:rename': channel<readonly TenantTemplate[]>()(z.object({ id, name: templateNameSchema })),
  'templates:remove': channel<readonly TenantTemplate[]>()(z.object({ id })),
  /** Name and password of the account that is signed in; keychain and workspace follow. */
  'account:changeName': channel<AccountChange>()(confirmed.extend({ name: z.string().max(200) })),
  'account:changePassword': channel<AccountChange>()(
    confirmed.extend({ oldPassword: z.string().min(1).max(1024), newPassword: z.string().min(1).max(1024) }),
  ),
  /** After a lost answer: signs in once with the old or the new one, which main has kept. */
  'account:settle': channel<null>()(
    byServer.extend({
      side: doubtSideSchema,
      password: z.string().min(1).max(1024).optional(),
      confirmRisk: z.boolean(),
    }),
  ),
  'dealers:resetPassword': channel<null>()(confirmed.extend({ id, password: z.string().min(1).max(1024) })),
  /** Asks for a CSV file with the native dialog and reads it; null when the person cancels. Its rows stay in main. */
  'imports:choose': channel<ImportFile | null>()(byServer.extend({ resource: listIdSchema, readingId })),
  /** Sets the columns and makes the plan: nothing is sent. */
  'imports:map': channel<ImportPlan>()(byImport.extend({ mapping: importMappingSchema })),
  'imports:get': channel<ImportPlan>()(byImport),
  'imports:rows': channel<Page<ImportRow>>()(byImport.extend({ query: pageQuerySchema })),
  /** Makes a plan of the rows and applies it. */
  'imports:apply': channel<PlanSummary>()(byImport.extend({ confirmation: confirmationSchema })),
  'imports:saveResult': channel<SavedFile>()(byImport.extend({ which: z.enum(['wrong', 'result']) })),
  'imports:close': channel<null>()(byImport),
  'trunks:list': channel<TrunkList>()(byServer),
  /** Which tenants have what of these trunks. */
  'trunks:pools': channel<TrunkPools>()(byServer.extend({ trunkIds: z.array(id).min(1).max(100_000) })),
  /** Tenants of the server, to choose one. */
  'trunks:tenants': channel<Page<TenantName>>()(byServer.extend({ query: pageQuerySchema })),
  'trunks:get': channel<RecordView>()(byAssignment),
  /** What would come of these values; of a tenant that does not have the trunk, as a new assignment. */
  'trunks:check': channel<RecordCheck>()(byAssignment.extend({ changes: recordValuesSchema })),
  'trunks:assign': channel<WriteOutcome<PbxRecord>>()(
    byAssignment.extend({ confirmation: confirmationSchema, values: recordValuesSchema }),
  ),
  'trunks:update': channel<WriteOutcome<PbxRecord>>()(
    byAssignment.extend({ confirmation: confirmationSchema, before: recordValuesSchema, changes: recordValuesSchema }),
  ),
  'trunks:checkUnassign': channel<RecordCheck>()(byAssignment),
  'trunks:unassign': channel<null>()(byAssignment.extend({ confirmation: confirmationSchema })),

  /** What this app sent last to the server, as the API does not return it; null if nothing was sent. */
  'brand:last': channel<BrandSent | null>()(byServer),
  /** Asks for a picture with the native dialog; null when the person cancels. Main keeps it until it is sent. */
  'brand:chooseImage': channel<BrandImage | null>()(z.object({ use: brandImageUseSchema })),
  /** Uploads the pictures and sets what is filled in, as a job. */
  'brand:send': channel<{ readonly jobId: JobId }>()(
    confirmed.extend({ values: recordValuesSchema, images: z.object({ logo: id.optional(), favicon: id.optional() }) }),
  ),
} as const

export type IpcContract = typeof ipcContract
export type Channel = keyof IpcContract
export type Args<C extends Channel> = z.infer<IpcContract[C]['args']>
export type Value<C extends Channel> = IpcContract[C] extends ChannelSpec<z.ZodType, infer V> ? V : never
