import { escapeJavaScript } from './escape-java-script.ts';
import { javaText, parseJavaJson, type JavaValue } from './java-json.ts';

/** As Java's `URLEncoder`: a space becomes `+`, and only letters, digits and `.-*_` stay. */
function urlEncode(text: string): string {
  const encoded = encodeURIComponent(text).replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return encoded.replaceAll('%20', '+');
}

/** The methods of `$util`. */
export const UTIL: Readonly<Record<string, (argument: JavaValue) => JavaValue>> = {
  base64Decode: (argument) => Buffer.from(javaText(argument), 'base64').toString(),
  base64Encode: (argument) => Buffer.from(javaText(argument)).toString('base64'),
  escapeJavaScript: (argument) => (argument == null ? argument : escapeJavaScript(javaText(argument))),
  parseJson: (argument) => parseJavaJson(javaText(argument)),
  urlDecode: (argument) => decodeURIComponent(javaText(argument).replaceAll('+', ' ')),
  urlEncode: (argument) => urlEncode(javaText(argument)),
};
