import { describe, expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { tenant } from '@shared/resources/tenant'
import { fromLocalInput, fromNow, toLocalInput } from '@/components/form/local-time'
import { changedFields } from '@shared/resources/compare'
import { problemsOf } from '@shared/resources/problem'

describe('problemsOf', () => {
  it('names what is missing, wrong or too long', () => {
    const problems = problemsOf(ipRule.fields, { cidr: '10.0.0.300', description: 'x'.repeat(256) })
    expect([...problems.keys()]).toEqual(['cidr', 'target', 'description'])
  })
  it('names a required text of spaces, which could not be seen anywhere', () => {
    const required = tenant.fields.filter(({ key }) => key === 'name' || key === 'domain')
    const problems = problemsOf(required, { name: '  ', domain: ' \t' })
    expect([...problems.values()]).toEqual(['Name is required', 'SIP domain is required'])
  })
  it('is empty for a rule that may be sent', () => {
    expect(problemsOf(ipRule.fields, { cidr: '10.0.0.1', target: 'DENY', expire_at: null, description: '' }).size).toBe(
      0,
    )
  })
})

describe('changedFields', () => {
  it('compares meaning, not writing', () => {
    const a = { cidr: '41.202.7.9/16', target: 'DENY', expire_at: '2027-01-01T00:00:00Z', description: null }
    const b = { cidr: '41.202.0.0/16', target: 'DENY', expire_at: '2027-01-01T00:00:00.000Z', description: '' }
    expect(changedFields(ipRule.fields, a, b)).toEqual([])
    expect(changedFields(ipRule.fields, a, { ...b, target: 'ACCEPT' }).map((field) => field.key)).toEqual(['target'])
  })
})

describe('local time', () => {
  it('comes back as the same instant to the minute', () => {
    for (const utc of ['2026-03-29T01:30:00Z', '2026-10-25T12:00:00Z', '2027-07-01T23:59:00Z'])
      expect(fromLocalInput(toLocalInput(utc))).toBe(utc)
  })
  it('is null when empty', () => expect(fromLocalInput('')).toBeNull())
  it('ends on a full minute, not before the requested time', () => {
    expect(fromNow(24, Date.parse('2026-06-01T12:00:30Z'))).toBe('2026-06-02T12:01:00Z')
  })
})
