import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { administration } from '../coverage/administration'
import { operationOf } from '../coverage/operation-of'
import { Reference } from './reference'

const page = new URL('../../../shared/reference/portsip-rest-22.2-administrations.txt', import.meta.url)
const reference = Reference.load()

test.skipIf(!existsSync(page))('the list of operations is that of the reference page', () => {
  const named = readFileSync(page, 'utf8').matchAll(/^(GET|POST) \/api(\/\S+) HTTP/gm)
  const theirs = [...named].map(([, method, path]) => `${method ?? ''} ${path ?? ''}`)
  expect(theirs.toSorted()).toEqual(administration.toSorted())
})

test.skipIf(reference === undefined)('each is in the OpenAPI file, and found by a request of it', () => {
  for (const operation of administration) {
    expect(() => reference?.operation(operation)).not.toThrow()
    const [method = '', path = ''] = operation.split(' ')
    expect(operationOf(method, path.replaceAll(/\{\w+\}/g, 'NzAw'))).toBe(operation)
  }
})
