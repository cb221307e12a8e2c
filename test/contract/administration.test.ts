import { expect, test } from 'vitest'
import { administration } from '../coverage/administration'
import { operationOf } from '../coverage/operation-of'
import { reference } from './reference'

test('the list of operations is that of the reference', () => {
  expect(reference.administration.toSorted()).toEqual(administration.toSorted())
})

test('each is found by a request of it', () => {
  for (const operation of administration) {
    expect(() => reference.operation(operation)).not.toThrow()
    const [method = '', path = ''] = operation.split(' ')
    expect(operationOf(method, path.replaceAll(/\{\w+\}/g, 'NzAw'))).toBe(operation)
  }
})
