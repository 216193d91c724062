import { describeRecording } from './recording.ts';

describeRecording('the local stack');
