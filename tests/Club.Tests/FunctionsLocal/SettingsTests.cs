using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Club.Kernel;
using Functions.Local.Amqp;
using Functions.Local.Cli;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Local__HttpPort", "abc", "Local__HttpPort")]
    [InlineData("Local__HttpPort", "70000", "Local__HttpPort")]
    [InlineData("Local__AmqpPort", "-1", "Local__AmqpPort")]
    [InlineData("Local__DataDirectory", " ", "Local__DataDirectory")]
    [InlineData("Local__Address", "everywhere", "Local__Address")]
    [InlineData("Local__Address", "0.0.0.0", "FunctionsKey")]
    [InlineData("Local__QueueKeys__dms", "no-claims", "Local__QueueKeys__dms")]
    [InlineData("Local__QueueKeys__dms", "key:Write", "Local__QueueKeys__dms")]
    [InlineData("Local__QueueKeys__dms", ":Send", "Local__QueueKeys__dms")]
    [InlineData("FunctionsKey", " ", "FunctionsKey")]
    public void A_wrong_setting_is_named_in_a_sentence(string name, string value, string named)
    {
        var stopped = Assert.Throws<StartException>(() => LocalOptions.Read(LocalSettings.Of([new(name, value)]), WrongSetting.Sentence));
        Assert.Contains(named, stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', stopped.Message);
    }

    [Fact]
    public void Without_settings_everything_has_its_default()
    {
        var options = LocalOptions.Read(LocalSettings.Of([]));
        Assert.Equal((".club", 7071, 5672, "127.0.0.1"), (options.DataDirectory, options.HttpPort, options.AmqpPort, options.Address));
        Assert.Equal("development-queue-key:Send,Listen", Assert.Single(options.QueueKeys).Value);
    }

    [Fact]
    public void A_queue_key_of_ones_own_leaves_no_development_key()
    {
        var options = LocalOptions.Read(LocalSettings.Of([new("Local__QueueKeys__dms", "secret:Send")]));
        Assert.Equal(["dms"], options.QueueKeys.Keys);
    }

    [Theory]
    [InlineData("key:Send", "key", true)]
    [InlineData("k:e:y:Send,Listen", "k:e:y", true)]
    [InlineData("key:Listen", "key", false)]
    [InlineData("key:Manage", "key", true)]
    public void The_last_colon_parts_a_key_from_its_claims(string setting, string key, bool maySend)
    {
        Assert.True(QueueKey.TryParse("name", setting, out var parsed));
        Assert.Equal((key, maySend), (parsed.Key, parsed.MaySend));
        Assert.DoesNotContain(key, parsed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_file_gives_values_and_the_environment_wins()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "local.settings.json"), """
            { "IsEncrypted": false, "Values": { "Local__HttpPort": 8001, "Club__Programme": "foton" /* a comment */, "ClubTest__Wins": "file" } }
            """);
        Environment.SetEnvironmentVariable("ClubTest__Wins", "environment");
        try
        {
            var settings = LocalSettings.Load(directory.Path);
            Assert.Equal(("8001", "foton", "environment"),
                (settings["Local:HttpPort"], settings["Club:Programme"], settings["ClubTest:Wins"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ClubTest__Wins", null);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"Values":[1]}""")]
    public void A_broken_settings_file_is_named(string content)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "local.settings.json"), content);
        var stopped = Assert.Throws<StartException>(() => LocalSettings.Load(directory.Path));
        Assert.Contains("local.settings.json", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Local__HttpPort")]
    [InlineData("Local__AmqpPort")]
    public async Task A_port_in_use_is_named(string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var stopped = await Assert.ThrowsAsync<StartException>(() => TestHost.Start(new Probe(), [], settings: new() { [setting] = port }));
        Assert.Contains(port, stopped.Message, StringComparison.Ordinal);
        Assert.Contains(setting, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_keeps_out_of_the_directory_of_the_first()
    {
        using var directory = new TempDirectory();
        await using (await TestHost.Start(new Probe(), [], directory))
        {
            var stopped = await Assert.ThrowsAsync<StartException>(() => TestHost.Start(new Probe(), [], directory));
            Assert.Contains(directory.Path, stopped.Message, StringComparison.Ordinal);
        }

        await using var after = await TestHost.Start(new Probe(), [], directory);
    }

    [Theory]
    [InlineData("2026-12-01T09:00:00+08:00", true)]
    [InlineData("2026-12-01T01:00:00Z", true)]
    [InlineData("2026-12-01T09:00:00.5+08:00", true)]
    [InlineData("2026-12-01T09:00:00", false)]
    [InlineData("2026-12-01", false)]
    [InlineData("2026-13-01T09:00:00Z", false)]
    [InlineData("tomorrow", false)]
    public void A_moment_has_its_offset(string text, bool valid)
    {
        Assert.Equal(valid, Rfc3339.TryParse(text, out var moment));
        if (valid) Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), moment);
    }

    [Fact]
    public void A_shifted_clock_starts_at_its_moment_and_runs_on()
    {
        var moment = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        var clock = new ShiftedClock(moment);
        var first = clock.GetUtcNow();
        Assert.InRange(first, moment, moment.AddMinutes(1));
        SpinWait.SpinUntil(() => clock.GetUtcNow() > first, TimeSpan.FromSeconds(5));
        Assert.True(clock.GetUtcNow() > first);
    }
}
