using Club.Identity;
using Club.Ledger;
using Club.Members;
using Club.Sqlite;
using Club.Store;
using Functions.Local.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Club.Tests.Store;

/// <summary>Damaged files: found by verify or refused at start, and never served as if they were whole.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("club-damage-");

    public void Dispose() => _directory.Delete(recursive: true);

    private string FileOf(string name) => Path.Combine(_directory.FullName, name);

    [Fact]
    public async Task Every_single_bit_that_turns_over_is_found_by_verify_or_changes_nothing_and_is_never_served()
    {
        var file = await Lived();
        var whole = File.ReadAllBytes(file);
        var documents = await Read(file);
        Assert.Empty(await Verify(file));
        var random = new Random(20261125);
        var (found, harmless) = (0, 0);
        var flips = Thorough.Tries(80, all: 250);
        for (var flip = 0; flip < flips; flip++)
        {
            var damaged = (byte[])whole.Clone();
            var bit = random.NextInt64(damaged.LongLength * 8);
            damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            var copy = FileOf($"flip-{flip}.db");
            File.WriteAllBytes(copy, damaged);

            var differences = await Verify(copy);
            if (differences.Count > 0) found++;
            else harmless++;
            try
            {
                var served = await Read(copy);
                foreach (var (key, json) in served)
                    Assert.True(documents.TryGetValue(key, out var known) && known == json, $"Bit {bit} changed {key}, and it was served.");
                Assert.True(differences.Count > 0 || served.Count == documents.Count, $"Bit {bit} hides documents, and nobody noticed.");
            }
            catch (StoreException)
            {
                Assert.True(differences.Count > 0, $"Bit {bit} is refused, and verify finds nothing.");
            }
            File.Delete(copy);
        }
        // What is harmless lies in free space.
        Assert.True(found > flips / 5, $"{found} found, {harmless} harmless");
    }

    [Fact]
    public async Task Verify_goes_on_after_a_damaged_document_and_names_each()
    {
        var file = await Lived();
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE docs SET body = x'7B' WHERE type = 'profile'; UPDATE docs SET body = x'00' WHERE id = 'claim'; DELETE FROM keys WHERE name = 'tier'";
            command.ExecuteNonQuery();
        }

        var differences = await Verify(file);

        Assert.Equal(2, differences.Count(difference =>
            difference.Contains("(profile) is not what was written", StringComparison.Ordinal)));
        Assert.True(differences.Count(difference => difference.Contains("(claim) is not what was written", StringComparison.Ordinal)) >= 4);
        Assert.Contains(differences, difference => difference.Contains("is not found by its key tier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_names_every_damaged_document_and_the_queue_s_file_without_a_stack_trace()
    {
        var directory = _directory.CreateSubdirectory("host").FullName;
        await using var host = await LocalProcess.Start(directory);
        using (var staff = new StaffClient(host.Http))
            foreach (var phone in new[] { "13800138000", "13900139000" }) await staff.Register(new { phone });
        await host.Kill();
        var whole = await host.Command("verify");
        Assert.True(whole.ExitCode == 0, whole.Output);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, ".club", "club.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE docs SET body = x'7B' WHERE type = 'profile'";
            command.ExecuteNonQuery();
        }
        var queue = Path.Combine(directory, ".club", "queue.db");
        File.Delete(queue + "-wal");
        await File.WriteAllBytesAsync(queue, [.. "SQLite format 3"u8.ToArray(), 0, .. new byte[5000]],
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await host.Command("verify");

        Assert.Equal(1, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Count(line => line.Contains("(profile) is not what was written", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("queue.db", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_was_rewritten_with_its_checksum_is_still_named_by_what_it_says()
    {
        await using var club = new ClubFixture();
        var member = await club.Register();
        await club.Send(Events.Bill(), Events.Bill("P", "13700137000"));
        Assert.Empty(await club.Verify());
        await Rewrite(club, member.MemberId, "profile", "{");
        await Rewrite(club, club.Get<Claims>().PartitionOf(PersonIdentity.Parse(IdentityKind.Card, member.CardNumber).Value), "claim",
            """{"partition":"elsewhere","parked":0}""");
        await Rewrite(club, club.Get<Claims>().PartitionOf(PersonIdentity.Parse(IdentityKind.Phone, "13700137000").Value), "claim", null);
        await Rewrite(club, Entry.IdOf(Events.Source, "P"), "key", "{}");

        var differences = await club.Verify();

        Assert.Contains(differences, difference => difference.Contains("(profile)", StringComparison.Ordinal)
            && difference.Contains("cannot be read", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference.Contains("(claim) belongs to somebody else", StringComparison.Ordinal));
        Assert.Contains(differences, difference =>
            difference.Contains("counts 3 parked transactions, there are 1", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference.Contains("(key)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_queue_file_stops_the_start_with_a_sentence_and_is_named_by_verify()
    {
        using var directory = new TempDirectory();
        var probe = new Probe();
        await using (var host = await TestHost.Start(probe, [], directory))
            for (var i = 0; i < 400; i++) await host.Send("transactions", $"message {i} {new string('x', 200)}");
        var file = Path.Combine(directory.Path, "queue.db");
        var bytes = File.ReadAllBytes(file);
        for (var i = 4096 * 3; i < bytes.Length; i += 97) bytes[i] ^= 0x55;
        File.WriteAllBytes(file, bytes);

        var stopped = await Assert.ThrowsAsync<StartException>(() => TestHost.Start(probe, [], directory));

        Assert.Contains("queue.db is damaged", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_a_killed_writer_is_copied_when_the_store_is_opened_again()
    {
        var file = FileOf("log.db");
        await using (var store = SqliteClubStore.Open(file))
        {
            for (var i = 0; i < 300; i++)
                await store.Commit($"p{i}", [new Write.Create("d", "t", new byte[] { (byte)'{', (byte)'}' }, IndexKeys.None)],
                    TestContext.Current.CancellationToken);
            // As a kill leaves them.
            File.Copy(file, FileOf("killed.db"));
            File.Copy(file + "-wal", FileOf("killed.db-wal"));
        }
        Assert.True(new FileInfo(FileOf("killed.db-wal")).Length > 100_000);

        await using var again = SqliteClubStore.Open(FileOf("killed.db"));

        Assert.Equal(0, new FileInfo(FileOf("killed.db-wal")).Length);
        Assert.NotNull(await again.Read("p299", "d", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bit_that_turns_over_in_the_log_stops_the_store_with_a_sentence_and_a_write_that_broke_off_does_not()
    {
        var file = FileOf("log.db");
        await using (var store = SqliteClubStore.Open(file))
        {
            for (var i = 0; i < 30; i++)
                await store.Commit($"p{i}", [new Write.Create("d", "t", new byte[] { (byte)'{', (byte)'}' }, IndexKeys.None)],
                    TestContext.Current.CancellationToken);
            File.Copy(file, FileOf("killed.db"));
            File.Copy(file + "-wal", FileOf("killed.db-wal"));
        }
        var log = File.ReadAllBytes(FileOf("killed.db-wal"));
        var random = new Random(20261125);
        for (var flip = 0; flip < Thorough.Tries(24, all: 60); flip++)
        {
            // The head, the last frame, which nothing follows, and anywhere.
            var bit = random.NextInt64(flip < 10 ? 0 : flip < 20 ? (log.LongLength - 4120) * 8 : 0, flip < 10 ? 32 * 8
                : log.LongLength * 8);
            var damaged = (byte[])log.Clone();
            damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(FileOf("killed.db-wal"), damaged);
            Assert.Contains("killed.db-wal is damaged",
                Assert.Throws<StoreException>(() => SqliteClubStore.Open(FileOf("killed.db"))).Message, StringComparison.Ordinal);
            Assert.Contains(StoreCheck.Check(FileOf("killed.db")), difference =>
                difference.Contains("killed.db-wal is damaged", StringComparison.Ordinal));
        }

        // As a crash leaves the write of the last frame: its head, and the page that stood there before.
        Array.Fill(log, (byte)7, log.Length - 4000, 4000);
        File.WriteAllBytes(FileOf("killed.db-wal"), log);
        await using var again = SqliteClubStore.Open(FileOf("killed.db"));
        Assert.NotNull(await again.Read("p28", "d", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'id TEXT', 'id TEXU')",
        "not described as they were made")]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'changes') WHERE name = 'sqlite_autoindex_docs_1'", "club.db")]
    public async Task Tables_and_indexes_that_are_not_what_they_were_are_found(string damage, string told)
    {
        var file = await Lived();
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = damage;
            command.ExecuteNonQuery();
        }
        Assert.Contains(await Verify(file), difference => difference.Contains(told, StringComparison.Ordinal));
    }

    private async Task<string> Lived()
    {
        var file = FileOf("club.db");
        var store = SqliteClubStore.Open(file);
        await using (var club = new ClubFixture(store: store))
        {
            await club.Register(with: registration => registration with { Name = "王小明", OpenId = "o-1" });
            await club.Register("13900139000");
            await club.Send(Events.Bill(), Events.Bill("B2", "13900139000"), Events.Bill("P", "13700137000"), Events.Return());
        }
        await store.DisposeAsync();
        return file;
    }

    private static async Task Rewrite(ClubFixture club, string partition, string id, string? json)
    {
        var document = (await club.Store.Read(partition, id))!;
        var text = json ?? System.Text.Encoding.UTF8.GetString(document.Json.Span).Replace("\"parked\":1", "\"parked\":3",
            StringComparison.Ordinal);
        await club.Store.Commit(partition,
            [new Write.Replace(id, document.Type, System.Text.Encoding.UTF8.GetBytes(text), IndexKeys.None, document.ETag)]);
    }

    /// <summary>As the command does.</summary>
    private static async Task<IReadOnlyList<string>> Verify(string file)
    {
        var differences = StoreCheck.Check(file).ToList();
        try
        {
            await using var store = SqliteClubStore.Open(file, readOnly: true, skipsDamaged: true);
            await using var club = new ClubFixture(store: store);
            differences.AddRange(await club.Verify());
        }
        catch (StoreException fault)
        {
            differences.Add(fault.Message);
        }
        return differences;
    }

    /// <summary>All that a store of this file would serve.</summary>
    private static async Task<Dictionary<(string, string), string>> Read(string file)
    {
        await using var store = SqliteClubStore.Open(file, readOnly: true);
        var documents = new Dictionary<(string, string), string>();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await store.Changes(page?.Bookmark);
            foreach (var document in page.Documents)
                documents[(document.Partition,
                    document.Id)] = $"{document.Type} {document.ETag} {System.Text.Encoding.UTF8.GetString(document.Json.Span)}";
        }
        return documents;
    }
}
