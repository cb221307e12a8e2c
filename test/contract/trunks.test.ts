import { expect, test } from 'vitest'
import { assigneeSchema, trunkSchema } from '@shared/domain/trunk'
import { documentedAnswer, updateSchema } from '@shared/resources/schema'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { compare } from './compare'
import { reference } from './reference'

const path = '/providers/{id}/assignees'
const mayBeAnything = 'only shown'

test('trunks and assignments are described as the reference has them', () => {
  const one = `${path}/{tenant_id}`
  expect(
    compare(trunkSchema, reference.row('GET /providers'), {
      needed: ['id'],
      except: {
        'id.minLength': 'an id goes into a path, where an empty one would name the list',
        ...Object.fromEntries(
          [
            'name.minLength',
            'name.maxLength',
            'brand.minLength',
            'brand.maxLength',
            'port.minimum',
            'port.maximum',
          ].map((where) => [where, mayBeAnything]),
        ),
      },
    }),
  ).toEqual([])
  expect(
    compare(assigneeSchema, reference.row(`GET ${path}`), {
      needed: ['tenant_id'],
      except: { 'tenant_id.minLength': 'an id goes into a path, where an empty one would name the list' },
    }),
  ).toEqual([])
  expect(compare(documentedAnswer(trunkAssignment), reference.answer(`GET ${one}`), { needed: [] })).toEqual([])
  expect(compare(updateSchema(trunkAssignment), reference.body(`POST ${one}`), { defaults: true })).toEqual([])
})
