import { extname } from 'node:path'
import type { PlanResult, PlanStep } from '@shared/domain/plan'
import { countDids, didEntries, parseDids } from '@shared/domain/did'
import { FleetError } from '@shared/ipc/result'
import { printNumber } from '@shared/format/print-number'
import { localDateTime } from '@shared/format/time'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import { pickItems } from '@shared/resources/pick-lists'
import { isSecret } from '@shared/resources/secret'
import { tenant } from '@shared/resources/tenant'
import { valueText } from '@shared/resources/value-text'
import { plainText } from '@shared/text/plain-text'
import { safeCsv } from '../exports/safe-csv'
import { safeName } from '../exports/safe-name'
import { escapeHtml, htmlBegin, htmlEnd } from '../html-page'
import type { Plan } from '../plans/plan'

/** One line of the sheet. */
export interface HandoverLine {
  readonly label: string
  readonly text: string
}

const isDone = (result: PlanResult | undefined): boolean =>
  result?.outcome === 'done' || result?.outcome === 'alreadyInPlace'

/** What was not verified is not handed over as if it were there. */
const orNotDone = (text: string, result: PlanResult | undefined): string =>
  isDone(result) ? text : `Not done: ${text}`

/** The text of a value; of one that is picked from a list, such as a country, the text that the list has for it. */
const textOf = (field: FieldSpec, value: unknown): string =>
  (field.kind === 'pick' ? pickItems(field.from).find((item) => item.value === value)?.label : undefined) ??
  valueText(field, value)

function tenantLines({ write }: PlanStep): readonly HandoverLine[] {
  const others = tenant.fields.filter((field) => !['name', 'domain'].includes(field.key) && !isSecret(field))
  return others
    .filter(({ key }) => Object.hasOwn(write.changes, key))
    .map((field) => ({
      label: field.group === undefined || field.group === 'General' ? field.label : fieldTitle(tenant.fields, field),
      text: textOf(field, write.changes[field.key]),
    }))
    .filter(({ text }) => text !== '')
}

function trunkLines({ write }: PlanStep, trunk: string, result: PlanResult | undefined): readonly HandoverLine[] {
  const pool = plainText(write.changes['did_numbers'])
  const calls = plainText(write.changes['concurrency'])
  const count = printNumber(countDids(parseDids(pool)))
  return [
    { label: 'Trunk', text: orNotDone(trunk, result) },
    { label: 'Maximum concurrent calls', text: calls },
    { label: 'Numbers', text: pool === '' ? 'None' : `${count}: ${didEntries(pool).join(', ')}` },
  ].filter(({ text }) => text !== '')
}

/** What the customer's technician needs, of a plan that created a customer. It has no secrets: a plan has none. */
export function handoverLines(plan: Plan, address: string): readonly HandoverLine[] {
  const { server, source, user } = plan.head
  if (source.kind !== 'customer') throw new FleetError({ code: 'rejected', message: 'This plan is no new customer' })
  const [first] = plan.steps
  const of = (resource: string): PlanStep | undefined => plan.steps.find(({ write }) => write.resource === resource)
  const [dealerStep, trunkStep] = [of('dealer-assignment'), of('trunk-assignment')]
  const created = plan.result(1)
  return [
    { label: 'Server', text: server.name },
    { label: 'Server address', text: address },
    { label: 'Tenant', text: orNotDone(source.tenant, created) },
    { label: 'SIP domain', text: source.domain },
    { label: 'Tenant ID', text: created?.newId ?? '' },
    ...(dealerStep === undefined
      ? []
      : [{ label: 'Dealer', text: orNotDone(source.dealer ?? '', plan.result(dealerStep.n)) }]),
    ...(trunkStep === undefined ? [] : trunkLines(trunkStep, source.trunk ?? '', plan.result(trunkStep.n))),
    ...(first === undefined ? [] : tenantLines(first)),
    { label: 'Created', text: created === undefined ? '' : localDateTime(created.at) },
    { label: 'Created by', text: user },
    { label: 'Ticket or note', text: plan.head.note ?? '' },
  ].filter(({ text }) => text !== '')
}

const style =
  'body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}' +
  'table{width:100%;border-collapse:collapse}th,td{padding:.35rem .6rem;border:1px solid #c9d1d9;text-align:start;vertical-align:top}th{width:14rem}'

function toHtml(title: string, lines: readonly HandoverLine[]): string {
  const rows = lines.map(
    ({ label, text }) => `<tr><th scope="row">${escapeHtml(label)}</th><td><bdi>${escapeHtml(text)}</bdi></td></tr>`,
  )
  return `${htmlBegin(title, style)}<table><tbody>
${rows.join('\n')}
</tbody></table>
${htmlEnd}`
}

/** The sheet as a file: HTML, or CSV that is safe in spreadsheets if the file name ends with it. */
export const handoverText = (path: string, title: string, lines: readonly HandoverLine[]): string =>
  extname(path).toLowerCase() === '.csv'
    ? safeCsv(
        ['field', 'value'],
        lines.map(({ label, text }) => [label, text]),
      )
    : toHtml(title, lines)

export const handoverName = (tenantName: string): string => `${safeName(`Handover ${tenantName}`, 'Handover')}.html`
