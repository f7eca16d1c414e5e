using Club.Local;
using Club.Messaging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Local;

public sealed class RecordingSmsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private string File => Path.Combine(_directory.Path, "sms.jsonl");

    private static SmsMessage Message(string tag) =>
        new("+8613800138000", "【车友会】您好", SmsMessage.RepeatabilityIdOf(tag), DateTimeOffset.UnixEpoch, tag);

    private Task<SmsResult> Send(params string[] tags) => Send(new RecordingSms(File, new FakeTimeProvider()), tags);

    private static async Task<SmsResult> Send(RecordingSms sms, string[] tags)
    {
        SmsResult? last = null;
        foreach (var tag in tags) last = await sms.Send(Message(tag), TestContext.Current.CancellationToken);
        return last!;
    }

    [Fact]
    public async Task A_host_after_one_that_was_killed_doubles_no_line()
    {
        var first = await Send("a", "b", "a");
        Assert.Equal(first, await Send("b", "a"));
        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public async Task A_line_that_a_kill_cut_off_anywhere_is_written_anew()
    {
        await Send("a", "b");
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        for (var length = 0; length < whole.Length; length += 7)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], TestContext.Current.CancellationToken);
            await Send("a", "b");
            Assert.Equal(["a", "b"], System.IO.File.ReadAllLines(File).Select(line =>
                (string?)System.Text.Json.Nodes.JsonNode.Parse(line)!["tag"]));
        }
    }

    public void Dispose() => _directory.Dispose();
}
