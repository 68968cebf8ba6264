using Profiles.Conformance;

// The program under test that the Protobuf conformance runner starts: requests on standard input, answers on standard output.
using var requests = Console.OpenStandardInput();
using var answers = Console.OpenStandardOutput();
Pipe.Serve(requests, answers, Testee.Answer);
