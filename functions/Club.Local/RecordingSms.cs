using System.Collections.Concurrent;
using System.Text.Json;
using Club.Identity;
using Club.Kernel;
using Club.Sms;

namespace Club.Local;

/// <summary>Keeps messages as JSON lines instead of sending them; the number is masked. A repeated request is recorded once, as a provider would send it once.</summary>
public sealed class RecordingSms(string file, TimeProvider time) : ISms
{
    private readonly ConcurrentDictionary<Guid, string> _recorded = new();
    private readonly Lock _writing = new();

    public Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation) => Task.FromResult(Record(message));

    private SmsResult Record(SmsMessage message)
    {
        var id = $"local-{message.RepeatabilityId:N}";
        if (!_recorded.TryAdd(message.RepeatabilityId, id)) return new SmsResult.Accepted(id);
        var phone = PhoneNumber.Parse(message.To);
        var line = JsonSerializer.Serialize(
            new { at = time.GetUtcNow(), messageId = id, to = phone.Succeeded ? phone.Value.Masked : "?", text = message.Text, tag = message.Tag }, ClubJson.Options);
        try
        {
            lock (_writing) File.AppendAllText(file, line + "\n");
            return new SmsResult.Accepted(id);
        }
        catch (IOException exception)
        {
            _recorded.TryRemove(message.RepeatabilityId, out _);
            return new SmsResult.TryLater(exception.Message);
        }
    }
}
