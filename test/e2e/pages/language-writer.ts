import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import type { PracticePbx } from '@demo/practice-pbx'
import { formatLocale } from '@shared/format/locale'
import { printNumber, printPercent } from '@shared/format/print-number'
import { localDateTime } from '@shared/format/time'
import type { FleetApp } from '../fleet-app'
import { localeOf, type Language } from '../languages'
import { RecordPage } from './records'

/** How people of one locale write, and what arrived at the server. */
export class Writer {
  readonly page: Page
  /** The app prints Latin digits in every language, and reads those of the language too. */
  private readonly printed: string | undefined

  constructor(
    readonly fleet: FleetApp,
    readonly pbx: PracticePbx,
    private readonly language: Language,
  ) {
    this.page = fleet.page
    this.printed = formatLocale(localeOf(language))
  }

  /** Looks like a number of this language and is none: its groups are incomplete. */
  get ambiguous(): string {
    return this.language === 'fr' ? '1.000' : this.typed(1000).slice(0, -1)
  }

  /** With the digits and separators of the language. */
  typed(value: number): string {
    return new Intl.NumberFormat(localeOf(this.language), { maximumFractionDigits: 4 }).format(value)
  }

  inInput(value: number): string {
    return printNumber(value, { locale: this.printed, grouped: false })
  }

  shown(value: number): string {
    return printNumber(value, { locale: this.printed })
  }

  percent(value: number): string {
    return printPercent(value, { locale: this.printed })
  }

  time(value: string): string {
    return localDateTime(value, this.printed)
  }

  sent(path: string | RegExp): unknown {
    const isAsked = (asked: string): boolean => (typeof path === 'string' ? asked === path : path.test(asked))
    return this.pbx.requests.findLast((request) => request.method === 'POST' && isAsked(request.path))?.body
  }

  async list(resource: string, tab: string): Promise<RecordPage> {
    const record = new RecordPage(this.page, resource, tab)
    await record.open()
    return record
  }

  /** Types into fields of a form and leaves each. */
  async fill(record: RecordPage, values: Readonly<Record<string, string>>): Promise<void> {
    for (const [key, value] of Object.entries(values)) {
      await record.input(key).fill(value)
      await record.input(key).blur()
      await expect(record.problem(key), key).toHaveCount(0)
    }
  }

  async save(record: RecordPage, button?: string): Promise<void> {
    await record.review()
    await record.override()
    await record.save(button)
    await expect(record.panel).toContainText('Saved and verified on')
    await record.closePanel()
  }
}
