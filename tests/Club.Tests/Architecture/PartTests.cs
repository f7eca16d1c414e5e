using System.Reflection;
using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Architecture;

/// <summary>What features register is found without a list of them.</summary>
public sealed class PartTests
{
    [Fact]
    public async Task Every_part_that_is_written_is_registered()
    {
        await using var club = new ClubFixture();
        Type[] kinds = [typeof(ISweep), typeof(IJob), typeof(IFinishes), typeof(IForgets), typeof(IVerifies), typeof(IVerifiesLedger),
            typeof(IMovesOnMerge), typeof(ISettles), typeof(ISettlesProfile)];
        foreach (var kind in kinds)
        {
            var written = typeof(ClubServices).Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(kind)).Select(type => type.Name).Order();
            var registered = ((System.Collections.IEnumerable)typeof(ClubFixture).GetMethod(nameof(ClubFixture.Get))!.MakeGenericMethod(
                typeof(IEnumerable<>).MakeGenericType(kind)).Invoke(club, [])!)
                .Cast<object>().Select(part => part.GetType().Name).Order();
            Assert.Equal(written, registered);
        }
    }

    /// <summary>A set of rules is of one moment: a service that lives longer asks for it when it judges.</summary>
    [Fact]
    public void No_service_keeps_rules()
    {
        var services = new ServiceCollection().AddLogging().AddClub(new ConfigurationBuilder().Build());
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(ProgrammeVersions));
        // The library gives them, the text is the configured file, which only the first publication asks for. Whatever else the container
        // or a host makes lives on.
        var types = services.Select(service => service.ImplementationType ?? service.ServiceType)
            .Where(type => type.Namespace?.StartsWith("Club", StringComparison.Ordinal) ?? false)
            .Concat(typeof(Triggers.TimerFunctions).Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method =>
                method.GetCustomAttribute<Microsoft.Azure.Functions.Worker.FunctionAttribute>() is not null)))
            .Distinct().ToArray();
        Assert.Contains(typeof(MemberLedger), types);
        Assert.Contains(typeof(Triggers.WhatIfFunctions), types);
        Assert.Empty(types.Except([typeof(ProgrammeLibrary), typeof(ProgrammeText)]).Where(Keeps).Select(type => type.Name));
        Assert.True(Keeps(typeof(Journal)));
        Assert.Empty(typeof(ProgrammeVersions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name));
    }

    private static bool Keeps(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(field => field.FieldType == typeof(ProgrammeVersions) || field.FieldType == typeof(Programme))
        || type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter =>
            parameter.ParameterType == typeof(ProgrammeVersions) || parameter.ParameterType == typeof(Programme)));

    [Fact]
    public async Task Every_due_index_has_a_sweep_that_looks_there()
    {
        await using var club = new ClubFixture();
        var indexes = typeof(DueIndex).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var due = new List<string>();
        foreach (var sweep in club.Get<IEnumerable<ISweep>>())
            due.AddRange((await sweep.Due(TestContext.Current.CancellationToken)).Select(query => query.Index));
        Assert.Equal(indexes.Order(), due.Where(IndexKeys.IsDue).Distinct().Order());
    }

    /// <summary>What begins like one is kept by bucket, and comes in no order.</summary>
    [Fact]
    public void Only_a_due_index_is_called_like_one()
    {
        var others = typeof(ClubServices).Assembly.GetTypes().Where(type => type != typeof(DueIndex)).SelectMany(type =>
            type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field.IsLiteral
                && field.Name.EndsWith("Index", StringComparison.Ordinal) && field.GetRawConstantValue() is string value && IndexKeys.IsDue(value))
                .Select(field => $"{type.Name}.{field.Name}"));
        Assert.Empty(others);
    }

    [Fact]
    public void A_merge_takes_along_what_either_was_warned_of()
    {
        var end = new DateOnly(2026, 6, 1);
        Announcement Told(DateOnly on, decimal points, int times) => new(CareOccasion.PointsExpiring, on, 30, Points.Of(points), times);
        Account With(params Announcement[] told) =>
            new() { MemberId = new MemberId("M1"), Tier = new TierState(new TierCode("ordinary"), end, null), Announced = told };
        var programme = ProgrammeLoader.Load("foton");
        var journal = Journal.Unsealed(new ProgrammeVersions(end, programme), With(Told(end, 5, 1)), end.ToDateTime(default), end);

        new CareSettling().Join(journal, With(Told(end, 7, 2), Told(end.AddDays(1), 3, 1)));

        Assert.Equal([Told(end, 12, 2), Told(end.AddDays(1), 3, 1)], journal.Account.Announced);
    }
}
