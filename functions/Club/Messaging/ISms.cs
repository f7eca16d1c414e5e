namespace Club.Messaging;

/// <summary>The club's way to send a text message. A fault of the network is an answer (<see cref="SmsResult.TryLater"/>), not an
/// exception.</summary>
public interface ISms
{
    Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation);
}
