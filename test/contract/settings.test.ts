import { expect, test } from 'vitest'
import { testMailSchema } from '@shared/domain/test-mail'
import { compare } from './compare'
import { reference } from './reference'

test('a test mail: our schema says what the reference says', () => {
  const except = {
    'recipient.maxLength': 'no mail address is longer',
    'recipient.pattern': 'an invalid email address is rejected before it is sent',
    'subject.minLength': 'a mail without a subject is taken for spam',
    'subject.maxLength': 'enough for a test',
    'content.minLength': 'a mail without a text is taken for spam',
    'content.maxLength': 'enough for a test',
  }
  expect(compare(testMailSchema, reference.body('POST /admin/notification/test_email'), { except })).toEqual([])
})
