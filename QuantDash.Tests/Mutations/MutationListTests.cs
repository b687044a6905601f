namespace QuantDash.Tests.Mutations;

/// <summary>The list keeps up with the source; whether each mistake is caught is what <see cref="MutationCommand"/> shows.</summary>
public sealed class MutationListTests
{
    public static TheoryData<string> Names => [.. MutationList.All.Select(mutation => mutation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutation_HasItsPlaceAndItsTest(string name)
    {
        var mutation = MutationList.All.Single(one => one.Name == name);
        mutation.CountIn(Mutation.Root).ShouldBe(1, $"{mutation.Text} in {mutation.File}");
        mutation.Instead.ShouldNotBe(mutation.Text);
        var (type, method) = (mutation.Test.Split('.')[0], mutation.Test.Split('.')[1]);
        typeof(MutationListTests).Assembly.GetTypes().Where(found => found.Name == type && found.GetMethod(method) is not null).ShouldHaveSingleItem(mutation.Test);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2, "no fence", "send before commit")]
    [InlineData(3, "--from", "2", "--to", "4")]
    [InlineData(0, "--from", "2", "--to", "4", "send before commit")]
    [InlineData(0, "--from")]
    [InlineData(0, "no such mistake")]
    public void Arguments_ChooseByNameOrByPlace(int count, params string[] arguments) => MutationCommand.Chosen(arguments).Count.ShouldBe(arguments.Length == 0 ? MutationList.All.Count : count);
}
