using System.Text;
using Club.Local;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Club.Tests.Local;

/// <summary>What the host leaves on the disk and on the terminal.</summary>
public sealed class PrivacyTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task Its_files_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "sms.jsonl"), "");
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "notes.sh"), "");
        File.SetUnixFileMode(Path.Combine(directory.Path, "sms.jsonl"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Path.Combine(directory.Path, "notes.sh"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        await using (var host = await TestHost.Start(_probe, [], directory))
        {
            await host.Send("transactions", "body");
            foreach (var file in Directory.GetFiles(directory.Path).Where(file => !file.EndsWith("notes.sh", StringComparison.Ordinal)))
                Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
            Assert.True(File.Exists(Path.Combine(directory.Path, "queue.db-wal")));
        }

        Assert.True(File.GetUnixFileMode(Path.Combine(directory.Path, "notes.sh")).HasFlag(UnixFileMode.OtherRead),
            "What is not the host's is left alone.");
    }

    [Fact]
    public async Task An_emptied_queue_holds_no_phone_any_more()
    {
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [typeof(BatchProbe)], directory))
        {
            foreach (var some in Enumerable.Range(0, 3000).Chunk(100))
                await host.Send("transactions",
                    [.. some.Select(i => $"{{\"phone\":\"1380013{i:D4}\",\"more\":\"{new string('x', 500)}\"}}")]);
            await Eventually.True(() => host.Queue("transactions").Active == 0, "all are completed");
        }

        foreach (var file in Directory.GetFiles(directory.Path, "queue.db*"))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes("\"phone\"")));
    }

    [Theory]
    [InlineData("/dms/D021\rwarn: forged", @"/dms/D021\u000dwarn: forged")]
    [InlineData("a\nb", @"a\u000ab")]
    [InlineData("\u001b[2J\u001b]0;x\u0007", @"\u001b[2J\u001b]0;x\u0007")]
    [InlineData("\u0085\u2028\u2029\u202e\u200f\u009b", @"\u0085\u2028\u2029\u202e\u200f\u009b")]
    [InlineData("V6菱仕 𠮷", "V6菱仕 𠮷")]
    public void No_text_forges_a_line_of_the_log_or_commands_the_terminal(string text, string shown)
    {
        var output = new StringWriter();
        new LineFormatter().Write(new LogEntry<string>(LogLevel.Warning, "Club", new EventId(7), text, null, static (state, _) => state),
            null, output);
        var line = output.ToString();
        Assert.EndsWith($"Z warn: Club[7] {shown}{Environment.NewLine}", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(character => char.IsControl(character)));
    }

    [Fact]
    public void An_exception_is_on_the_same_line()
    {
        var output = new StringWriter();
        new LineFormatter().Write(new LogEntry<string>(LogLevel.Error, "Club", 0, "it failed",
            new InvalidOperationException("because\r\nof \u001b[31m this"), static (state, _) => state), null, output);
        Assert.EndsWith($"Z fail: Club[0] it failed System.InvalidOperationException: because of \\u001b[31m this{Environment.NewLine}",
            output.ToString(), StringComparison.Ordinal);
    }
}
