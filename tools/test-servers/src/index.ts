export {
  startScriptedAwsEndpoint,
  type RecordedCall,
  type ScriptedAnswer,
  type ScriptedAwsEndpoint,
} from './scripted-aws-endpoint.ts';
