using System.Reflection;
using NetArchTest.Rules;
using Xunit;

namespace Club.Tests.Architecture;

/// <summary>The rooms of the club from bottom to top: each may use those below it, and none an arrow back (docs/architecture.md).</summary>
public sealed class RoomTests
{
    /// <summary>Where the next room goes is a decision; whoever adds one says so here.</summary>
    private static readonly string[] BottomToTop =
    [
        "Kernel", "Store", "Identity", "Access", "Programmes", "Earning", "Ledger", "Members", "Tiers", "Benefits", "Messaging", "Value", "Care",
            "Transactions", "Spending", "Gifts", "Partners", "Referrals", "Fraud", "Dealers", "Activities",
        "Joining", "Explaining", "WhatIf", "Proof", "Settlement", "Reports", "Edges", "Outgoing", "Running",
    ];

    private static readonly Assembly Club = typeof(ClubServices).Assembly;

    public static TheoryData<string> Rooms => [.. BottomToTop];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_room_uses_one_above_it(string room)
    {
        string[] above = [.. BottomToTop.SkipWhile(other => other != room).Skip(1)
            .SelectMany(other => (string[])[$"Club.{other}.", $"Club.{other}"])];
        if (above.Length == 0) return;
        var types = Types.InAssembly(Club).That().ResideInNamespaceMatching($@"^Club\.{room}(\.|$)");
        Assert.NotEmpty(types.GetTypes());
        Assert.Empty(types.Should().NotHaveDependencyOnAny(above).GetResult().FailingTypeNames ?? []);
    }

    [Fact]
    public void Every_type_is_in_a_room_and_every_room_is_a_folder()
    {
        var rooms = Club.GetTypes().Select(type => type.Namespace).OfType<string>()
            .Where(name => name.StartsWith("Club.", StringComparison.Ordinal)).Select(name => name.Split('.')[1]).Distinct();
        Assert.Equal(BottomToTop.Order(), rooms.Order());
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions", "Club"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));
        Assert.Equal(BottomToTop.Order(), folders.Order());
    }

    [Fact]
    public void The_club_knows_no_web_server_no_database_and_no_cloud()
    {
        string[] outside = ["Microsoft.AspNetCore", "Microsoft.Azure", "Microsoft.Data", "SQLitePCL", "Azure"];
        Assert.Empty(Types.InAssembly(Club).Should().NotHaveDependencyOnAny(outside).GetResult().FailingTypeNames ?? []);
    }

    /// <summary>Whoever changes a room finds its tests under its name; beside them stand those of the hosts, of Azure and of the whole.</summary>
    [Fact]
    public void Tests_mirror_the_rooms()
    {
        string[] others = ["Architecture", "Azure", "Cosmos", "Desk", "FunctionsLocal", "Local", "Vectors"];
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests", "Club.Tests"))
            .Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj" or "TestResults"));
        Assert.Empty(folders.Except(BottomToTop).Except(others));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Club.Tests"), "*.cs", SearchOption.AllDirectories))
        {
            var at = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Club.Tests"), file).Split(Path.DirectorySeparatorChar);
            if (at.Length == 1 || at[0] is "bin" or "obj") continue;
            Assert.Contains(File.ReadLines(file), line => line == $"namespace Club.Tests.{at[0]};");
        }
    }

    [Fact]
    public void The_local_host_of_functions_knows_nothing_of_the_club()
    {
        var host = typeof(Functions.Local.Hosting.LocalHost).Assembly;
        Assert.DoesNotContain(host.GetReferencedAssemblies(), other => other.Name!.StartsWith("Club", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_is_small_enough_to_be_looked_over()
    {
        var large = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions"), "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(folder => (Path.GetRelativePath(Repository.Root, folder), Files: Directory.EnumerateFiles(folder, "*.cs").Count()))
            .Where(folder => folder.Files > 15);
        Assert.Empty(large);
    }

    /// <summary>What a screen shows side by side; a text that stands in one line may make it longer.</summary>
    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).ToArray();
        Assert.True(files.Length > 300, $"Only {files.Length} files were found.");
        var tooLong = files.SelectMany(LongLines);
        Assert.Empty(tooLong);
    }

    private static IEnumerable<string> LongLines(string file)
    {
        var (number, isText) = (0, false);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var hasText = isText || line.Contains('"', StringComparison.Ordinal);
            if (line.Split("\"\"\"").Length % 2 == 0) isText = !isText;
            if (line.Length > 140 && !hasText) yield return $"{Path.GetRelativePath(Repository.Root, file)}:{number}";
        }
    }
}
