import { expect, it } from 'vitest'
import type { PlanStep, StepOutcome } from '@shared/domain/plan'
import { stepOutcomes } from '@shared/domain/plan'
import { planRow } from '@main/services/plans/plan-row'

const step = (kind: 'create' | 'change' | 'delete'): PlanStep => ({
  kind: 'step',
  n: 1,
  write: {
    kind,
    operation: 'POST /ip_filters',
    resource: 'ip-rules',
    identity: '192.0.2.7/32 Block',
    before: kind === 'create' ? {} : { description: 'Old' },
    changes: kind === 'delete' ? {} : { description: 'New' },
  },
})

const afterOf = (kind: 'create' | 'change' | 'delete', outcome: StepOutcome): string =>
  planRow(step(kind), { outcome, result: undefined }).after

it('a row that was not sent, or that was refused, has no value after it', () => {
  const texts = (kind: 'create' | 'change' | 'delete') =>
    stepOutcomes.map((outcome) => [outcome, afterOf(kind, outcome)])
  const created = Object.fromEntries(texts('create'))
  expect(created).toEqual({
    waiting: 'Description: New',
    sending: 'Description: New',
    done: 'Description: New',
    alreadyInPlace: 'Description: New',
    conflict: 'Not sent',
    refused: 'Not created',
    notSent: 'Not sent',
    unknown: 'Unknown. Sent: Description: New',
  })
  expect(Object.fromEntries(texts('change'))).toEqual({ ...created, refused: 'Not changed' })
  expect([afterOf('delete', 'done'), afterOf('delete', 'refused'), afterOf('delete', 'unknown')]).toEqual([
    '',
    'Not deleted',
    '',
  ])
})
