import { AwsError } from './aws-error.ts';
import { queryAnswer, queryCall, queryError } from './query-protocol.ts';

describe('the query protocol', () => {
  it('nests lists and maps of a form', () => {
    const form = [
      'Action=Publish&Version=2010-03-31',
      'Message=a%20%26+b',
      'Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.2.Key=l',
      'Attributes.entry.1.key=x&Attributes.entry.1.value=y',
      'MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType=String',
    ].join('&');
    expect(queryCall(Buffer.from(form))).toEqual({
      action: 'Publish',
      input: {
        Message: 'a & b',
        Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }],
        Attributes: { x: 'y' },
        MessageAttributes: { n: { DataType: 'String' } },
      },
    });
  });

  it('keeps names of objects out of harm', () => {
    const { input } = queryCall(Buffer.from('Action=A&__proto__.polluted=1&constructor.prototype.polluted=1'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(input)).toEqual(['__proto__', 'constructor']);
  });

  it('refuses a call without an action', () => {
    expect(() => queryCall(Buffer.from('Message=x'))).toThrow('The request must contain the parameter Action.');
  });

  it('answers in XML', () => {
    const output = { Topics: [{ TopicArn: 'a<b' }], Attributes: { entry: [{ key: 'k', value: 'v' }] } };
    expect(queryAnswer('ns', 'ListTopics', output, 'id-1').body).toBe(
      '<ListTopicsResponse xmlns="ns"><ListTopicsResult>' +
        '<Topics><member><TopicArn>a&lt;b</TopicArn></member></Topics>' +
        '<Attributes><entry><key>k</key><value>v</value></entry></Attributes>' +
        '</ListTopicsResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></ListTopicsResponse>',
    );
  });

  it('refuses in XML', () => {
    const { status, body } = queryError('ns', new AwsError('NotFound', 'Topic "x" does not exist', 404), 'id-1');
    expect(status).toBe(404);
    expect(body).toBe(
      '<ErrorResponse xmlns="ns"><Error><Type>Sender</Type><Code>NotFound</Code>' +
        '<Message>Topic &quot;x&quot; does not exist</Message></Error><RequestId>id-1</RequestId></ErrorResponse>',
    );
  });
});
