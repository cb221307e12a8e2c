import pMap from 'p-map'
import type { ServerId } from '@shared/domain/server'
import type { TestMail } from '@shared/domain/test-mail'
import type { MailLine, MailState, TestMailRow, TestMails } from '@shared/domain/test-mails'
import { FleetError } from '@shared/ipc/result'
import { isBlank } from '@shared/resources/blank'
import type { FormValues } from '@shared/resources/nested'
import { notification } from '@shared/resources/notification'
import { showRecord } from '../../portsip/records'
import type { Servers } from '../../servers/servers'
import { toAppError } from '../../to-app-error'
import type { Rollout } from '../rollouts/rollout'
import type { RolloutShelf } from '../rollouts/rollout-shelf'
import { failedResult } from '../writes/outcome'
import type { Writer } from '../writes/writer'
import { testMailFrom } from './send-test-mail'
import type { TestMailStore } from './test-mail-store'

export interface TestMailsDeps {
  readonly rollouts: Pick<RolloutShelf, 'find'>
  readonly servers: Pick<Servers, 'record' | 'reader'>
  readonly writer: Pick<Writer, 'approveAction'>
  readonly store: TestMailStore
  readonly onChange: (mails: TestMails) => void
  readonly report: (what: string, error: unknown) => void
  readonly now: () => number
}

/** Servers that send at the same time. */
const serversMax = 8
/** Minimum milliseconds between progress reports. */
const publishEveryMs = 100
const subjectMax = 200

type MailResult = Pick<TestMailRow, 'state' | 'message' | 'hasMail'>

/** The test emails of one rollout in this run. */
interface Round {
  readonly rollout: Rollout
  readonly results: Map<ServerId, MailResult>
  isSending: boolean
  isCanceled: boolean
}

const none: MailResult = { message: '', hasMail: false }

/** Results after which an email may have left the server. */
const isMail = (state: MailState): boolean => state === 'sent' || state === 'unknown'

/** Why a server with these settings cannot send email; undefined if it can. */
function missingSettings({ type, server, username }: FormValues): string | undefined {
  if (type === 'SMTP' && isBlank(server)) return 'No SMTP server is set'
  return isBlank(type) || isBlank(username) ? 'The mail server is not set up' : undefined
}

/** The results of earlier runs. Without one after `sending`, the app ended meanwhile. */
function resultsOf(lines: readonly MailLine[]): Map<ServerId, MailResult> {
  const withMail = new Set(lines.filter(({ state }) => isMail(state)).map(({ server }) => server))
  const last = new Map(lines.map((line) => [line.server, line]))
  const resultOf = ({ server, state, message }: MailLine): MailResult =>
    state === 'sending'
      ? { state: 'unknown', message: 'The app ended before the response arrived', hasMail: true }
      : { state, message, hasMail: withMail.has(server) }
  return new Map([...last].map(([server, line]) => [server, resultOf(line)]))
}

/** The rows of the servers that the rollout changed. */
function viewOf({ rollout, results, isSending }: Round): TestMails {
  const changed = rollout.rows().filter(({ outcome }) => outcome === 'done')
  const rows = changed.map(({ id, server }): TestMailRow => ({ id, server, ...none, ...results.get(id) }))
  return { rolloutId: rollout.id, isSending, rows }
}

/**
 * Has the servers that a rollout of notification settings changed send one test email each. A second one is sent only
 * if it is requested again, also after the app ended. Errors: FleetError `not-found`, `conflict`, `rejected`,
 * `confirmation-required`, `disk`.
 */
export class TestMailsService {
  private readonly rounds = new Map<string, Promise<Round>>()
  private readonly publishing = new Map<string, NodeJS.Timeout>()

  constructor(private readonly deps: TestMailsDeps) {}

  async get(rolloutId: string): Promise<TestMails> {
    return viewOf(await this.round(rolloutId))
  }

  /** Resolves once sending began. Without `again`, servers that may have sent one are left out. */
  async send(rolloutId: string, mail: TestMail, again: boolean): Promise<TestMails> {
    const round = await this.round(rolloutId)
    if (round.rollout.isActive) throw new FleetError({ code: 'conflict', message: 'This rollout has not ended' })
    if (round.isSending) throw new FleetError({ code: 'conflict', message: 'Test emails are being sent' })
    const { rows } = viewOf(round)
    if (rows.length === 0) throw new FleetError({ code: 'rejected', message: 'No server was changed' })
    const targets = rows.filter(({ hasMail }) => again || !hasMail)
    if (targets.length === 0)
      throw new FleetError({
        code: 'confirmation-required',
        message: 'All these servers already sent a test email',
        hint: 'Confirm that they send another one.',
      })
    Object.assign(round, { isSending: true, isCanceled: false })
    for (const { id } of targets) this.set(round, id, 'waiting')
    void this.run(round, targets, mail)
    return viewOf(round)
  }

  /** Emails that are being sent are finished, the others are not sent. */
  async cancel(rolloutId: string): Promise<TestMails> {
    const round = await this.round(rolloutId)
    round.isCanceled = round.isSending
    return viewOf(round)
  }

  private async run(round: Round, targets: readonly TestMailRow[], mail: TestMail): Promise<void> {
    const sendFrom = async ({ id, state: before, message: earlier, hasMail }: TestMailRow): Promise<void> => {
      if (round.isCanceled) {
        // An earlier result remains.
        round.results.set(id, { state: before, message: earlier, hasMail })
        return
      }
      const { state, message } = await this.sendFrom(round, id, mail).catch((error: unknown) => {
        const { code, message } = toAppError(error)
        if (code === 'internal') this.deps.report(`test email of ${id} failed`, error)
        return { state: 'notSent' as const, message }
      })
      this.set(round, id, state, message)
    }
    await pMap(targets, sendFrom, { concurrency: serversMax })
    round.isSending = false
    this.publish(round)
  }

  private async sendFrom(
    round: Round,
    id: ServerId,
    mail: TestMail,
  ): Promise<Pick<MailResult, 'message'> & { readonly state: MailState }> {
    const { servers, writer } = this.deps
    const { name } = servers.record(id)
    const missing = missingSettings(await showRecord(servers.reader(id), notification))
    if (missing !== undefined) return { state: 'notSent', message: missing }
    await this.store(round, id, 'sending')
    this.set(round, id, 'sending')
    // The mailbox shows which servers the emails come from.
    const subject = `${mail.subject} (${name})`.slice(0, subjectMax)
    const result = await testMailFrom(writer, id, { ...mail, subject }).then(
      () => ({ state: 'sent' as const, message: '' }),
      (error: unknown) => {
        const { outcome, error: reason } = failedResult(error)
        const state: MailState = outcome === 'unknown' || outcome === 'notSent' ? outcome : 'refused'
        return { state, message: reason?.message ?? '' }
      },
    )
    await this.store(round, id, result.state, result.message).catch((error: unknown) =>
      this.deps.report(`test email of rollout ${round.rollout.id} not stored`, error),
    )
    return result
  }

  private store({ rollout }: Round, server: ServerId, state: MailState, message = ''): Promise<void> {
    const at = new Date(this.deps.now()).toISOString()
    return this.deps.store.append(rollout.id, { kind: 'test-mail', at, server, state, message })
  }

  private set(round: Round, id: ServerId, state: MailState, message = ''): void {
    const hadMail = round.results.get(id)?.hasMail ?? false
    round.results.set(id, { state, message, hasMail: hadMail || isMail(state) })
    const later = (): void => this.publish(round)
    if (!this.publishing.has(round.rollout.id)) this.publishing.set(round.rollout.id, setTimeout(later, publishEveryMs))
  }

  private publish(round: Round): void {
    clearTimeout(this.publishing.get(round.rollout.id))
    this.publishing.delete(round.rollout.id)
    this.deps.onChange(viewOf(round))
  }

  private round(rolloutId: string): Promise<Round> {
    const open = this.rounds.get(rolloutId) ?? this.load(rolloutId)
    this.rounds.set(rolloutId, open)
    open.catch(() => this.rounds.delete(rolloutId))
    return open
  }

  private async load(rolloutId: string): Promise<Round> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    const { source } = rollout.head
    if (source.kind !== 'settings' || source.resource !== 'notification')
      throw new FleetError({ code: 'rejected', message: 'This rollout changed no notification settings' })
    return { rollout, results: resultsOf(await this.deps.store.read(rolloutId)), isSending: false, isCanceled: false }
  }
}
