using Xunit;

namespace Club.Docs.Tests.Cost;

public sealed class UseCaseTests
{
    public static TheoryData<string> Names => [.. UseCases.All.Select(useCase => useCase.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_use_case_asks_the_store_for_this_and_no_more(string name)
    {
        var useCase = UseCases.All.Single(candidate => candidate.Name == name);
        Assert.Equal(useCase.Asks, (await useCase.Run()).Select(request => $"{request}"));
    }

    [Fact]
    public async Task What_an_accrual_asks_does_not_depend_on_how_many_came_before()
    {
        static async Task<IReadOnlyList<string>> Asked(int earlier)
        {
            await using var club = new CostClub();
            await club.Join();
            for (var i = 0; i < earlier; i++) await club.Send(CostClub.Bill($"OLD-{i}"));
            club.Store.Take();
            await club.Send(CostClub.Bill("NEW"));
            return [.. club.Store.Take().Select(request => $"{request}")];
        }
        Assert.Equal(await Asked(20), await Asked(60));
    }
}
