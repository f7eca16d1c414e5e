using System.Text.Json;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Messaging;

namespace Club.Local;

/// <summary>
/// Keeps messages as JSON lines instead of sending them; the number is masked. A repeated request is recorded once, as a provider would
/// send it once, also by the host that comes after one that was killed between the line and the answer.
/// </summary>
public sealed class RecordingSms(string file, TimeProvider time) : ISms, IErases
{
    private readonly Lock _writing = new();
    private HashSet<string>? _recorded;

    public Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation) => Task.FromResult(Record(message));

    string IErases.Name => "smsFile";

    /// <summary>Writes the file again without the lines of a person.</summary>
    Task<int> IErases.Erase(ErasedPerson person, CancellationToken cancellation)
    {
        lock (_writing)
        {
            if (!File.Exists(file)) return Task.FromResult(0);
            var lines = File.ReadAllLines(file);
            string[] left = [.. lines.Where(line => !person.Members.Any(member => TagOf(line)?.StartsWith($"{member}:", StringComparison.Ordinal) is true))];
            if (left.Length < lines.Length)
            {
                File.WriteAllLines(file + ".new", left);
                File.Move(file + ".new", file, overwrite: true);
            }
            return Task.FromResult(lines.Length - left.Length);
        }
    }

    private SmsResult Record(SmsMessage message)
    {
        var id = $"local-{message.RepeatabilityId:N}";
        var phone = PhoneNumber.Parse(message.To);
        var line = JsonSerializer.Serialize(
            new { at = time.GetUtcNow(), messageId = id, to = phone.Succeeded ? phone.Value.Masked : "?", text = message.Text,
            tag = message.Tag }, ClubJson.Options);
        try
        {
            lock (_writing)
            {
                _recorded ??= Recorded();
                if (_recorded.Contains(id)) return new SmsResult.Accepted(id);
                File.AppendAllText(file, line + "\n");
                _recorded.Add(id);
            }
            return new SmsResult.Accepted(id);
        }
        catch (IOException exception)
        {
            // A line may have been written in part: the file tells what is whole.
            lock (_writing) _recorded = null;
            return new SmsResult.TryLater(exception.Message);
        }
    }

    /// <summary>The ids of the whole lines; what a kill left of a line is cut off, for it counts as not sent.</summary>
    private HashSet<string> Recorded()
    {
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        if (!File.Exists(file)) return recorded;
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite)) stream.SetLength(EndOfLastLine(stream));
        foreach (var line in File.ReadLines(file))
            if (IdOf(line) is { } id) recorded.Add(id);
        return recorded;
    }

    private static long EndOfLastLine(FileStream stream)
    {
        for (var end = stream.Length; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n') return end;
        }
        return 0;
    }

    private static string? IdOf(string line) => Member(line, "messageId");

    private static string? TagOf(string line) => Member(line, "tag");

    private static string? Member(string line, string name)
    {
        try
        {
            return JsonElement.Parse(line).TryGetProperty(name, out var text) ? text.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
