import fc from 'fast-check'
import { expect, it } from 'vitest'
import { otpCode, otpProblem } from '@shared/domain/otp-code'

it.each([
  '123456',
  ' 123 456 ',
  '123-456',
  '１２３４５６',
  'Code: 123456',
  'Your code is 123456.',
  '12\u200b3456',
  '123\u00a0456',
  '\u202a123456\u202c',
  '\u0661\u0662\u0663\u0664\u0665\u0666',
  '\u06f1\u06f2\u06f3 \u06f4\u06f5\u06f6',
  '1 2 3 4 5 6',
  '12 34 56',
  '123.456',
  '123–456',
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

it.each(['Code 123456, valid until 14:05', '123456 © 2027 PortSIP', 'Sent 31.01.2027: 123456'])(
  '%j has one code beside a time or date',
  (typed) => expect(otpCode(typed)).toBe('123456'),
)

it.each(['Today, 14:05', '14:05', 'Sent 31.01.27', '© 2027 PortSIP', 'A-123456'])(
  '%j has no code and is not sent',
  (typed) => expect(otpProblem(typed)).toContain('Enter only the code'),
)

it('four digits alone are a code, whatever year they are', () => expect(otpCode('2027')).toBe('2027'))

it.each([
  'Your order 12345678 code 123456',
  '12345678 123456',
  '123456 654321',
  '2026 123456',
  'Code 28 11 2026 123456',
  '123456 10 min',
  '123 456 123 456',
])('%j is not clearly one code, stays as it is and is not sent', (typed) => {
  expect(otpCode(typed)).toBe(typed)
  expect(otpProblem(typed)).toContain('Enter only the code')
})

it('a code is sent, and nothing is asked for', () => {
  expect(otpProblem('')).toBe('Enter the code')
  for (const typed of ['123 456', 'A1B2C3', 'Code: 123456 (valid 10 min)']) expect(otpProblem(typed)).toBe('')
})

it('a code is the same when it is read again', () =>
  fc.assert(
    fc.property(fc.string(), (typed) => {
      expect(otpCode(otpCode(typed))).toBe(otpCode(typed))
    }),
  ))
