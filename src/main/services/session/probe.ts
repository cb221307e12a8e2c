import { z } from 'zod'
import { allowed, type Account } from '@shared/access/allowed'
import type { Subject } from '@shared/access/rules'
import type { PbxReader } from '../../portsip/pbx-client'
import { codeOf, endsEverything } from './session-errors'

/** A small read of each page whose reply has no secret. */
const probes: readonly (readonly [Subject, string])[] = [
  ['tenants', '/tenants'],
  ['dealers', '/dealers'],
  ['ip-rules', '/ip_filters'],
  ['transports', '/transports'],
  ['trunk-assignments', '/providers'],
  ['system-settings', '/admin/settings'],
  ['notification', '/admin/notification'],
  ['network', '/network'],
]
const anything = z.looseObject({})

/** What the probes showed about an account; a page whose probe failed is in neither list. */
export type Probed = Pick<Account, 'refused' | 'readable'>

/** The pages that an account with a role unknown to this app may read, from a small read of each. */
export class Probes {
  private latest: { readonly account: string; readonly result: Probed } | undefined

  constructor(private readonly reader: PbxReader) {}

  forget(): void {
    this.latest = undefined
  }

  /** Probes the pages about which no document and no capability says anything, once for the same account. */
  async of(account: Account): Promise<Probed> {
    const { role, version, capabilities, isTenantUser } = account
    const key = JSON.stringify([role, version, capabilities, isTenantUser])
    if (this.latest?.account !== key) this.latest = { account: key, result: await this.probe(account) }
    return this.latest.result
  }

  /** A GET of this operation was refused. The probes are repeated next time if they showed something else. */
  noteRefusal(operation: string | undefined): void {
    const path = operation?.startsWith('GET ') === true ? operation.slice('GET '.length) : undefined
    const subject = probes.find(([, probe]) => path === probe || path?.startsWith(`${probe}/`))?.[0]
    if (subject !== undefined && this.latest?.result.refused?.includes(subject) === false) this.forget()
  }

  private async probe(account: Account): Promise<Probed> {
    const unknown = probes.filter(([subject]) => allowed(account, subject, 'read') === 'unknown')
    const outcomes = await Promise.all(
      unknown.map(async ([subject, path]) => [subject, await this.isReadable(path)] as const),
    )
    const having = (wanted: boolean): readonly Subject[] =>
      outcomes.flatMap(([subject, isReadable]) => (isReadable === wanted ? [subject] : []))
    return { refused: having(false), readable: having(true) }
  }

  /** Undefined if the PBX did not answer the question. */
  private async isReadable(path: string): Promise<boolean | undefined> {
    try {
      await this.reader.get({ operation: `GET ${path}`, path, query: { top: 1 }, schema: anything })
      return true
    } catch (error) {
      if (endsEverything(error)) throw error
      return codeOf(error) === 'forbidden' ? false : undefined
    }
  }
}
