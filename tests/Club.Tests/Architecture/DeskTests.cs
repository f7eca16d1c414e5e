using System.Reflection;
using Club.Desk.Frame;
using NetArchTest.Rules;
using Xunit;

namespace Club.Tests.Architecture;

/// <summary>The console stands above the club and knows no database, no host and no cloud; its rooms do not know each other.</summary>
public sealed class DeskTests
{
    private static readonly Assembly Desk = typeof(FrontDesk).Assembly;

    [Fact]
    public void The_console_knows_no_database_no_host_and_no_cloud()
    {
        string[] outside = ["Microsoft.Azure", "Azure", "Microsoft.Data", "SQLitePCL", "Functions.Local", "Club.Sqlite", "Club.Cosmos", "Club.Local",
            "Club.Triggers"];
        Assert.Empty(Types.InAssembly(Desk).Should().NotHaveDependencyOnAny(outside).GetResult().FailingTypeNames ?? []);
        Assert.DoesNotContain(typeof(ClubServices).Assembly.GetReferencedAssemblies(), other => other.Name == Desk.GetName().Name);
    }

    [Fact]
    public void A_room_is_a_folder_and_knows_no_other_room()
    {
        var rooms = Desk.GetTypes().Where(type => type.IsSubclassOf(typeof(Room))).ToList();
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions", "Club.Desk", "Rooms")).Select(Path.GetFileName);
        Assert.Equal(folders.Order(), rooms.Select(room => room.Namespace!.Split('.')[^1]).Order());
        foreach (var room in rooms)
        {
            string[] others = [.. rooms.Where(other => other != room).Select(other => other.Namespace!)];
            Assert.Empty(Types.InAssembly(Desk).That().ResideInNamespace(room.Namespace).Should().NotHaveDependencyOnAny(others).GetResult().FailingTypeNames ?? []);
        }
        Assert.Empty(Types.InAssembly(Desk).That().ResideInNamespaceMatching(@"^Club\.Desk\.(Frame|Door|Parts|Charts|Words)").Should()
            .NotHaveDependencyOn("Club.Desk.Rooms").GetResult().FailingTypeNames ?? []);
    }

    [Fact]
    public void No_two_rooms_have_one_address_or_one_place()
    {
        var rooms = new RoomList().All;
        Assert.Equal(rooms.Count, rooms.Select(room => room.Path).Distinct().Count());
        Assert.Equal(rooms.Count, rooms.Select(room => room.Order).Distinct().Count());
        Assert.DoesNotContain(rooms, room => room.Path is "assets" or "sign-in" or "sign-out" or "preferences");
    }
}
