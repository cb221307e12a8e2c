import fc from 'fast-check'
import { expect, it } from 'vitest'
import { otpCode } from '@shared/domain/otp-code'

it.each([
  '123456',
  ' 123 456 ',
  '123-456',
  '１２３４５６',
  'Code: 123456',
  'Your code is 123456.',
  '12\u200b3456',
  '123\u00a0456',
  '123.456',
  '123–456',
  '1 2 3 4 5 6',
  '١٢٣٤٥٦',
  '۱۲۳ ۴۵۶',
  '"123456"',
  '#123456',
  '*123456*',
  '<123456>',
  '123456 is your code',
  'Ihr Code lautet: 123 456',
  'Code: 123456 (valid for 10 min)',
  'Code:\n123456\n',
])('%j is sent as 123456', (typed) => expect(otpCode(typed)).toBe('123456'))

it.each(['A1B2C3', '12 or 34', '', 'A-123456', '1234 or 5678', '123456-B', '12'])('%j stays as it is', (typed) =>
  expect(otpCode(typed)).toBe(typed),
)

it('a code is the same when it is read again', () =>
  fc.assert(
    fc.property(fc.string(), (typed) => {
      expect(otpCode(otpCode(typed))).toBe(otpCode(typed))
    }),
  ))
