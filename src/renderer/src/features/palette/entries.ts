import { useRouter } from 'vue-router'
import { mayUse } from '@shared/access/allowed'
import { clipText } from '@shared/domain/clip-text'
import type { ExportEntry, ExportFormat } from '@shared/domain/export'
import type { ServerRecord } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { EntryHit, ExportHit, SearchHit } from '@shared/fleet/search'
import { countText } from '@shared/format/count-text'
import { ago } from '@shared/format/age'
import type { IconName } from '@/components/icons'
import { useCurrentServer } from '@/composables/current-server'
import { useDialogs, type DialogRequest } from '@/composables/dialogs'
import { useSelectedServers } from '@/composables/selected-servers'
import { useServerHealth } from '@/composables/server-health'
import { localDateTime } from '@shared/format/time'
import { actionWords, outcomeWords } from '@shared/journal/entry-words'
import { pagesFor } from '@/features/session/server-pages'
import { integrityText, placeOfEntry, placeOfExport } from '@/features/search/found-rows'
import { hitRow, kindText, placeOfHit } from '@/features/search/hit-rows'
import { searchIcons } from '@/features/search/search-text'
import { useFleetActions } from '@/features/shell/fleet-actions'
import { useServerActions } from '@/features/shell/server-actions'
import { useWorkspaceFiles } from '@/features/workspace/workspace-files'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'
import { addressText, typedAddress } from '@shared/rows/typed-value'
import { isVersionIn } from '@shared/resources/version'
import { entry, type PaletteEntry } from './entry'
import { useFleetChanges } from './fleet-changes'
import { fieldsOfPage } from './page-fields'

/** Fields come after servers, pages and actions. */
const fieldWeight = -1

const formats: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel (XLSX)' },
  { format: 'jsonl', label: 'JSON lines' },
  { format: 'native', label: 'PBX export file (original)' },
]

/** The tables of the fleet, as they are called on its page. */
const fleetTables: readonly { readonly resource: MergedId; readonly label: string; readonly icon: IconName }[] = [
  { resource: 'tenants', label: 'Tenants', icon: 'fleet' },
  { resource: 'dealers', label: 'Dealers', icon: 'archive' },
  { resource: 'ip-rules', label: 'IP rules', icon: 'shield' },
  { resource: 'transports', label: 'Transports', icon: 'route' },
  { resource: 'trunk-assignments', label: 'Trunk assignments', icon: 'plug' },
  { resource: 'system-settings', label: 'Settings', icon: 'settings' },
]

/** The entries of the palette: servers, pages, fields, exports and actions. */
export function usePaletteEntries() {
  const router = useRouter()
  const dialogs = useDialogs()
  const workspace = useWorkspace()
  const settings = useSettings()
  const notify = useNotify()
  const files = useWorkspaceFiles()
  const actions = useServerActions()
  const fleetActions = useFleetActions()
  const fleetChanges = useFleetChanges()
  const healthOf = useServerHealth()
  const selected = useSelectedServers()
  const { server, session } = useCurrentServer()

  /** Only states that need attention. */
  const stateOf = (target: ServerRecord): string => {
    const { tone, label } = healthOf(target)
    return tone === 'bad' || tone === 'ask' ? label : ''
  }

  const servers = (): readonly PaletteEntry[] =>
    workspace.servers.map((target) =>
      entry({
        key: target.id,
        icon: 'server',
        label: target.name,
        detail: [stateOf(target), target.folder, target.address.replace(/^https:\/\//, '')].filter(Boolean).join(' · '),
        keywords: [target.folder, target.address, target.secondAddress, ...target.tags].join(' '),
        weight: 2,
        run: () => void actions.open(target),
      }),
    )

  async function startExport(target: ServerRecord, format: ExportFormat): Promise<void> {
    const scope = { kind: 'all' } as const
    const reply = await invoke('exports:start', { serverId: target.id, resource: 'ip-rules', format, scope })
    if (!reply.ok) notify.error(reply.error, 'The export was not started')
  }

  const ofServer = (target: ServerRecord): readonly PaletteEntry[] => {
    const go = (name: string) => () => void router.push({ name, params: { serverId: target.id } })
    const detail = target.name
    const pages = [
      ...pagesFor(session.value).map(({ name, label, icon, keywords = '' }) =>
        entry({ key: name, icon, label, detail, keywords, run: go(name) }),
      ),
      entry({ key: 'edit', icon: 'edit', label: 'Edit server', detail, run: () => actions.edit(target) }),
    ]
    if (session.value?.phase !== 'signed-in') return pages
    const signOut = entry({
      key: 'out',
      icon: 'sign-out',
      label: 'Sign out',
      detail,
      run: () => void actions.signOut(target),
    })
    const account = session.value
    const offered = formats.filter(({ format }) => mayUse(account, 'ip-rules', format === 'native' ? 'export' : 'read'))
    const exports = offered.map(({ format, label }) =>
      entry({
        key: `export/${format}`,
        icon: 'export',
        label: `Export all IP rules as ${label}`,
        detail,
        run: () => void startExport(target, format),
      }),
    )
    return [...pages, ...exports, signOut]
  }

  /** The fields of the open server, by label and API name; each leads to its page, with the field in the search of a long form. */
  const ofFields = (target: ServerRecord): readonly PaletteEntry[] =>
    pagesFor(session.value).flatMap((page) =>
      fieldsOfPage(page.name, session.value?.role)
        .filter((field) => isVersionIn(session.value?.version, field))
        .map(({ key, label }) =>
          entry({
            key: `field/${page.name}/${key}`,
            icon: page.icon,
            label,
            detail: `${page.label} · ${key}`,
            keywords: `${key} ${page.label}`,
            weight: fieldWeight,
            run: () => void router.push({ name: page.name, params: { serverId: target.id }, query: { field: key } }),
          }),
        ),
    )

  const opens = (key: string, icon: IconName, label: string, request: DialogRequest): PaletteEntry =>
    entry({ key, icon, label, run: () => dialogs.open(request) })

  const general = (): readonly PaletteEntry[] => [
    entry({ key: 'fleet', icon: 'fleet', label: 'Fleet', run: () => void router.push('/') }),
    entry({
      key: 'sign-in-all',
      icon: 'sign-in',
      label: 'Sign in to all servers',
      run: () => void fleetActions.signInToAll(),
    }),
    entry({
      key: 'refresh-all',
      icon: 'refresh',
      label: 'Refresh all servers',
      run: () => void fleetActions.readAll(),
    }),
    ...fleetTables.map(({ resource, label, icon }) =>
      entry({
        key: `merged/${resource}`,
        icon,
        label: `${label} of all servers`,
        run: () => {
          selected.clear()
          void router.push({ name: 'merged', params: { resource } })
        },
      }),
    ),
    entry({ key: 'search', icon: 'search', label: 'Search all servers', run: () => void router.push('/search') }),
    entry({ key: 'exports', icon: 'archive', label: 'Exports', run: () => void router.push('/exports') }),
    entry({ key: 'plans', icon: 'list', label: 'Plans', run: () => void router.push('/plans') }),
    entry({ key: 'journal', icon: 'clock', label: 'Journal', run: () => void router.push('/journal') }),
    entry({ key: 'settings', icon: 'settings', label: 'App settings', run: () => void router.push('/settings') }),
    ...fleetChanges.changes(),
    opens('add', 'plus', 'Add a server', { kind: 'server-form' }),
    opens('practice', 'flask', 'Add practice server', { kind: 'practice-add' }),
    entry({
      key: 'passwords',
      icon: 'key',
      label: 'Import passwords',
      keywords: 'password manager csv',
      run: () => void fleetActions.importPasswords(),
    }),
    opens('servers', 'import', 'Import servers from a file', { kind: 'import-servers' }),
    entry({ key: 'import', icon: 'import', label: 'Import workspace', run: () => void files.importFile() }),
    entry({ key: 'export', icon: 'export', label: 'Export workspace', run: () => void files.exportFile() }),
    ...(['light', 'dark', 'system'] as const).map((theme) =>
      entry({
        key: `theme/${theme}`,
        icon: theme === 'dark' ? 'moon' : 'sun',
        label: theme === 'system' ? 'Use system theme' : `Use ${theme} theme`,
        run: () => void settings.patch({ theme }),
      }),
    ),
    opens('about', 'info', 'About PBX Fleet', { kind: 'about' }),
  ]

  const all = (exports: readonly ExportEntry[]): readonly PaletteEntry[] => [
    ...(server.value ? ofServer(server.value) : []),
    ...servers(),
    ...general(),
    ...exports.map((file) =>
      entry({
        key: `file/${file.id}`,
        icon: 'archive',
        label: file.file,
        detail: [file.manifest?.server.name, localDateTime(file.manifest?.exportedAt ?? file.modifiedAt)]
          .filter(Boolean)
          .join(' · '),
        keywords: 'export',
        run: () => void router.push({ name: 'export-view', params: { entryId: file.id } }),
      }),
    ),
  ]

  const typedRange = (typed: string): string | undefined => {
    const range = typedAddress(typed)
    return range === undefined ? undefined : addressText(range)
  }

  /** For a typed address or range: the matching rules of the open server. */
  function forAddress(typed: string): readonly PaletteEntry[] {
    const range = typedRange(typed)
    const target = server.value
    if (range === undefined || !target || !mayUse(session.value ?? {}, 'ip-rules', 'read')) return []
    const run = () => void router.push({ name: 'ip-rules', params: { serverId: target.id }, query: { search: range } })
    return [entry({ key: 'address', icon: 'search', label: `IP rules on ${target.name} containing ${range}`, run })]
  }

  /** For a typed address or range: the form that blocks or allows it; after the search, which changes nothing. */
  function forBlocking(typed: string): readonly PaletteEntry[] {
    const range = typedRange(typed)
    return range === undefined ? [] : fleetChanges.blocking(range)
  }

  /** Rows of servers, with the age of what was read. */
  const forHits = (hits: readonly SearchHit[]): readonly PaletteEntry[] =>
    hits.map((hit) =>
      entry({
        key: `row/${hitRow(hit).id}`,
        icon: searchIcons[hit.resource] ?? 'list',
        label: hit.title,
        // The values are last, as a long line is cut off.
        detail: [kindText(hit), hit.serverName, ago(hit.readAt, Date.now()), clipText(hit.detail, 80)]
          .filter(Boolean)
          .join(' · '),
        run: () => void router.push(placeOfHit(hit)),
      }),
    )

  /** Changes in the journal. */
  const forEntryHits = (hits: readonly EntryHit[]): readonly PaletteEntry[] =>
    hits.map(({ seq, at, server, object, action, detail, outcome, user }) =>
      entry({
        key: `entry/${seq}`,
        icon: 'clock',
        label: object,
        // The values are last, as a long line is cut off.
        detail: [
          `${actionWords[action]}: ${outcomeWords[outcome].label}`,
          ...[server, ago(at, Date.now()), user, clipText(detail, 60)],
        ]
          .filter(Boolean)
          .join(' · '),
        run: () => void router.push(placeOfEntry({ seq })),
      }),
    )

  /** Exports that are found by more than their file name; others are among `all`. */
  const forExportHits = (hits: readonly ExportHit[]): readonly PaletteEntry[] =>
    hits.map((hit) =>
      entry({
        key: `file/${hit.id}`,
        icon: 'archive',
        label: hit.file,
        detail: ['Export', integrityText(hit), hit.server, ago(hit.exportedAt, Date.now())].filter(Boolean).join(' · '),
        run: () => void router.push(placeOfExport(hit)),
      }),
    )

  /** Leads to the page with all results. */
  const forEverything = (text: string): PaletteEntry =>
    entry({
      key: 'search-all',
      icon: 'search',
      label: `Search all servers for “${text}”`,
      run: () => void router.push({ name: 'search', query: { text } }),
    })

  /** The last entry, if not all that was found is listed: the page with the others. */
  const forMore = (text: string, found: { readonly shown: number; readonly total: number }): readonly PaletteEntry[] =>
    found.shown >= found.total
      ? []
      : [{ ...forEverything(text), key: 'search-more', label: `All ${countText(found.total, 'result')} for “${text}”` }]

  const fields = (): readonly PaletteEntry[] => (server.value ? ofFields(server.value) : [])

  return { all, fields, forAddress, forBlocking, forHits, forEntryHits, forExportHits, forEverything, forMore }
}
