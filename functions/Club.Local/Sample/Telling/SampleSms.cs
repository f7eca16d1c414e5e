using Club.Messaging;

namespace Club.Local.Sample;

/// <summary>Takes every message as sent. Nobody is written to, and no file is: what was said stands with the members.</summary>
internal sealed class SampleSms : ISms
{
    public Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation) =>
        Task.FromResult<SmsResult>(new SmsResult.Accepted($"sample-{message.RepeatabilityId:N}"));
}
